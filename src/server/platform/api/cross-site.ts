import { env } from '#env';
import { Refusal } from '../../errors.ts';

/**
 * A browser sends the session cookie along with whatever asks it to, so a write by cookie must show that it comes from
 * our own pages and carry JSON, which no foreign form can send.
 */
export function refuseCrossSite(request: Request, hasBody: boolean): void {
  const type = request.headers.get('content-type');
  const plain = hasBody && !/^application\/json\s*(;|$)/i.test(type ?? '');
  if (!isOurs(request) || plain) throw new Refusal('forbidden', 'cross_site');
}

function isOurs(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  return request.headers.get('origin') === (env.ORIGIN ?? new URL(request.url).origin);
}
