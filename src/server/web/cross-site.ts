import type { RequestEvent } from '@sveltejs/kit';

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** What a form can send to another site without asking first; a body without a type is as good as one. */
const FORM = /^\s*(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(;|$)/i;

/**
 * True for a form that another site may have made this browser send, with its session cookie. SvelteKit would check
 * this itself, but for /api too, where programs send a bare DELETE and no `Origin`: so its check is off
 * (vite.config.ts), this one stands in the hook, and the API has a guard of its own.
 */
export function isForeignForm({ request, url }: Pick<RequestEvent, 'request' | 'url'>): boolean {
  const type = request.headers.get('content-type');
  const form = !type || FORM.test(type);
  return form && WRITES.has(request.method) && request.headers.get('origin') !== url.origin;
}

/**
 * Why a foreign form is refused. It is one of our own pages where the browser says so, or where the form came to the very
 * machine that its page came from: then the network is only known by another address, which is for its host to put right.
 */
export function foreignReason(request: Request): 'foreign_form' | 'other_address' {
  const { headers } = request;
  const host = URL.parse(headers.get('origin') ?? '')?.host;
  const ours = headers.get('sec-fetch-site') === 'same-origin' || (host && host === headers.get('host'));
  return ours ? 'other_address' : 'foreign_form';
}
