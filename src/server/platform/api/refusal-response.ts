import type { Actor } from '../../actor.ts';
import { Refusal } from '../../errors.ts';
import { log } from '../log.ts';
import { fullDisk, isOutage } from '../outage.ts';
import { sayReason, STATUS } from '../refusal-words.ts';

/** Says in JSON why not. What is no refusal is a fault of ours: the log gets it, the caller a plain sentence. */
export function refusalResponse(error: unknown, request: Request, actor?: Actor): Response {
  const language = languageOf(request, actor);
  const refusal = asRefusal(error);
  if (!refusal) {
    log.error('API call failed', { method: request.method, path: new URL(request.url).pathname, error });
    return answer(500, { code: 'internal', message: sayReason(language, 'internal') });
  }
  const { code, reason, fields, retryAfterSeconds } = refusal;
  const inWords = fields && Object.entries(fields).map(([name, why]) => [name, sayReason(language, why)]);
  return answer(
    STATUS[code],
    {
      code,
      message: sayReason(language, reason, retryAfterSeconds),
      ...(inWords ? { fields: Object.fromEntries(inWords) } : {}),
    },
    {
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...(code === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {}),
    },
  );
}

function asRefusal(error: unknown): Refusal | null {
  if (error instanceof Refusal) return error;
  return isOutage(error) ? new Refusal('unavailable', 'database_away', undefined, 2) : fullDisk(error);
}

function answer(status: number, error: object, headers?: Record<string, string>): Response {
  return new Response(JSON.stringify({ error }), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'private, no-store', ...headers },
  });
}

/** The language asked for, else the person's own, else English. */
function languageOf(request: Request, actor: Actor | undefined): Actor['language'] {
  for (const range of (request.headers.get('accept-language') ?? '').toLowerCase().split(',')) {
    const tag = range.trim().slice(0, 2);
    if (tag === 'fr' || tag === 'en') return tag;
  }
  return actor?.language ?? 'en';
}
