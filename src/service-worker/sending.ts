import { scope } from './scope.ts';
import { currentPerson, dropWaiting, keepWaiting, personOf, waitingOf, type Waiting } from './store.ts';

/** Words and gestures under a post, and a post itself. Nothing that takes something away, nothing with a secret. */
const SENDABLE = /^\/posts\/(?:new|[0-9a-f-]{36}(?:\/edit)?)$/;
const ACTIONS = /^\?\/(?:comment|editComment|react|unreact|save)(?:&|=|$)/;
const FORM = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)/;
const PATIENCE_MILLISECONDS = 20_000;

/** True of a form that may wait for the network. */
export function mayWait(request: Request, url: URL): boolean {
  return (
    request.method === 'POST' &&
    SENDABLE.test(url.pathname) &&
    ACTIONS.test(url.search) &&
    FORM.test(request.headers.get('content-type') ?? '')
  );
}

/** Sends a form; keeps it where the network does not take it, and says so with the page it came from. */
export async function send(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const fields = [...(await request.formData())];
  const key = crypto.randomUUID();
  const person = await personOf(event.clientId);
  const headers = new Headers(request.headers);
  headers.delete('content-type');
  headers.set('idempotency-key', key);
  if (person) headers.set('x-essaim-for', person);
  const asked = request.mode === 'navigate' ? ('manual' as const) : ('follow' as const);
  try {
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    return await fetch(request.url, {
      method: 'POST',
      headers,
      body: bodyOf(fields),
      redirect: asked,
      signal,
    });
  } catch (error) {
    if (!person) throw error;
    await keepWaiting({ key, person, url: request.url, fields, at: new Date().toISOString(), refused: null });
    await scope.registration.sync?.register('send').catch(() => undefined);
    await tellWindows();
    return keptAnswer(request);
  }
}

/** Each time the same bytes but for the border between files: by its content a repeat is known. */
function bodyOf(fields: Waiting['fields']): URLSearchParams | FormData {
  const texts = fields.filter((field): field is [string, string] => typeof field[1] === 'string');
  if (texts.length === fields.length) return new URLSearchParams(texts);
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

/** Where a form that waits leads: back to the text it stands under. */
function keptAnswer(request: Request): Response {
  const { pathname } = new URL(request.url);
  const location = /^\/posts\/new$/.test(pathname)
    ? '/offline'
    : `${pathname.replace(/\/edit$/, '')}?waiting`;
  if (request.mode === 'navigate') return Response.redirect(new URL(location, request.url), 303);
  return Response.json({ type: 'redirect', status: 303, location });
}

let under: Promise<void> | undefined;

/** Sends what waits of whoever is signed in, one after the other, in the order in which it was written. */
export function sendWaiting(): Promise<void> {
  under ??= empty().finally(() => (under = undefined));
  return under;
}

async function empty(): Promise<void> {
  const person = await currentPerson();
  if (!person) return;
  for (const waiting of (await waitingOf(person)).filter(({ refused }) => refused === null)) {
    if (!(await sendAgain(waiting))) break;
    await tellWindows();
  }
}

/** True where the server answered for good: it took it, or said why not. */
async function sendAgain(waiting: Waiting): Promise<boolean> {
  const headers = {
    accept: 'application/json',
    'x-sveltekit-action': 'true',
    'idempotency-key': waiting.key,
    'x-essaim-for': waiting.person,
  };
  const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
  const response = await fetch(waiting.url, {
    method: 'POST',
    headers,
    body: bodyOf(waiting.fields),
    signal,
  }).catch(() => null);
  // Whoever is signed out sends nothing, and a server in trouble is asked again.
  if (!response || response.status === 401 || response.status >= 500) return false;
  const result = (await response.json().catch(() => null)) as ActionResult | null;
  const status = result?.type === 'failure' ? (result.status ?? 400) : response.status;
  if (status === 401 || status >= 500) return false;
  if (response.ok && result?.type !== 'failure' && result?.type !== 'error') await dropWaiting(waiting.key);
  else await keepWaiting({ ...waiting, refused: sentenceIn(result?.data) ?? '' });
  return true;
}

interface ActionResult {
  type: string;
  status?: number;
  data?: string;
}

/** The sentence of a refusal, from the flat form in which SvelteKit writes it. */
function sentenceIn(data: string | undefined): string | null {
  try {
    const flat = JSON.parse(data ?? '') as [{ message?: number }, ...unknown[]];
    const sentence = flat[flat[0].message ?? -1];
    return typeof sentence === 'string' ? sentence : null;
  } catch {
    return null;
  }
}

/** Every window looks again at what waits. */
async function tellWindows(): Promise<void> {
  for (const client of await scope.clients.matchAll({ type: 'window' }))
    client.postMessage({ about: 'waiting' });
}
