import { randomUUID } from 'node:crypto';
import { isRedirect, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { env } from '#env';
import { startBackground } from '#server/background.ts';
import { Refusal } from '#server/errors.ts';
import { closeHub, hubOf } from '#server/live/open.ts';
import { cookieOf, readSession } from '#server/people/session.ts';
import { log } from '#server/platform/log.ts';
import { countRequest } from '#server/platform/metrics.ts';
import { fullDisk, isOutage } from '#server/platform/outage.ts';
import { say } from '#server/platform/words.ts';
import { apiDoor } from '#server/web/api-door.ts';
import { closeDatabase, database } from '#server/web/database.ts';
import { foreignReason, isForeignForm } from '#server/web/cross-site.ts';
import { dressed } from '#server/web/dress.ts';
import { isDecodable, isForMachines, isOpenToAnyone, signInAddress } from '#server/web/doors.ts';
import { sessionEnded } from '#server/web/ended.ts';
import { languageAskedFor } from '#server/web/language.ts';
import { inWords, lastPage } from '#server/web/last-page.ts';
import { sentenceOf, statusOf } from '#server/web/refusal.ts';
import { keepSessionCookie } from '#server/web/session-cookie.ts';
import { inTurn } from '#server/web/turns.ts';

export const init: ServerInit = () => {
  const db = database();
  globalThis.essaimApi = apiDoor(db);
  const url = env.DATABASE_URL;
  // From the beginning, so that it remembers what came when a page was read.
  if (url) hubOf(db).catch(() => undefined);
  const background = url && env.ROLES.has('worker') ? startBackground(db, url) : null;
  // Whoever says goodbye waits for the answer; what works on the pool leaves before the pool does.
  const goodbye = (): unknown =>
    Promise.allSettled([background?.stop(), closeHub(db)]).then(() => closeDatabase());
  process.once('sveltekit:shutdown', goodbye);
};

/** Pages are made in turn. What somebody sends is not: it may have to ask elsewhere, and be long. */
export const handle: Handle = async (call) => {
  const { request, url } = call.event;
  // Where the address cannot be decoded, SvelteKit catches nothing that this hook throws: a redirect would end the process.
  if (!isDecodable(url.pathname)) return dressed(request, new Response('Bad Request', { status: 400 }));
  try {
    return await (request.method === 'GET' && !isForMachines(url.pathname)
      ? inTurn(() => answer(call))
      : answer(call));
  } catch (error) {
    return dressed(request, apology(call.event, error));
  }
};

/** Where not even who asks could be found out: a page for whoever reads one. Programs are answered by SvelteKit. */
function apology(event: RequestEvent, error: unknown): Response {
  const { method, headers } = event.request;
  if (isRedirect(error) || event.isDataRequest || !headers.get('accept')?.includes('text/html')) throw error;
  return lastPage({ method, language: event.locals.language }, told(error, event));
}

/** Finds out who is there, asks whoever is not signed in to sign in, and dresses every answer. */
async function answer({ event, resolve }: Parameters<Handle>[0]): Promise<Response> {
  const { locals, request, url } = event;
  const began = performance.now();
  const readAt = new Date().toISOString();
  locals.db = database();
  locals.language = languageAskedFor(request.headers.get('accept-language'));
  const cookies = request.headers.get('cookie');
  const session = isForMachines(url.pathname) ? null : await readSession(locals.db, cookies);
  locals.actor = session?.actor ?? null;
  if (locals.actor) locals.language = locals.actor.language;
  if (session?.extended) keepSessionCookie(event);
  if (!isForMachines(url.pathname) && isForeignForm(event)) throw foreignForm(event);
  // What waited for the network leaves as the person who wrote it, or not at all.
  const writer = request.headers.get('x-essaim-for');
  const another = writer !== null && writer !== locals.actor?.id;
  const stranger = another || (!locals.actor && !isOpenToAnyone(url.pathname));
  if (stranger && request.method !== 'POST')
    redirect(303, signInAddress(url, !session && cookieOf(cookies) !== null));

  const response = stranger
    ? sessionEnded(event)
    : await inWords(
        { method: request.method, language: locals.language },
        await resolve(event, {
          transformPageChunk: ({ html }) => opened(html, locals.language, readAt),
        }),
      );
  // For the browser's own worker, which keeps pages for one person only (src/service-worker/pages.ts).
  if (locals.actor) response.headers.set('x-essaim-person', locals.actor.id);
  // The API counts its own requests, route by route.
  if (!url.pathname.startsWith('/api/'))
    countRequest(event.route.id ?? 'unknown', request.method, response.status, performance.now() - began);
  return dressed(request, response);
}

/** Whoever runs the network reads in the log which address it does not know. */
function foreignForm({ request, url }: Parameters<Handle>[0]['event']): Refusal {
  const reason = foreignReason(request);
  const facts = { from: request.headers.get('origin'), known: url.origin };
  if (reason === 'other_address') log.warn('a form came by an address that is not ours: see ORIGIN', facts);
  return new Refusal('forbidden', reason);
}

/** The page with its first line filled in. What follows may be long, and each replacement in it would copy it. */
function opened(html: string, language: string, readAt: string): string {
  const end = html.indexOf('<head>') + 1;
  return html.slice(0, end).replace('%lang%', language).replace('%read%', readAt) + html.slice(end);
}

/** A refusal gets its status and a sentence; the unexpected gets a line in the log and a reference to it. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === 'unknown' || error instanceof Refusal) return told(error, event);
  const language = event.locals.language ?? 'fr';
  return error.status === 404 ? { status: 404, message: say(language, 'refusal.not_found') } : undefined;
};

function told(error: unknown, event: RequestEvent): { status: number; message: string; reference?: string } {
  const language = event.locals.language ?? 'fr';
  const refusal = error instanceof Refusal ? error : fullDisk(error);
  if (refusal) return { status: statusOf(refusal), message: sentenceOf(refusal, language) };
  if (isOutage(error)) return { status: 503, message: say(language, 'refusal.database_away') };
  const reference = randomUUID().slice(0, 8);
  log.error('unexpected', { reference, method: event.request.method, route: event.route.id ?? '-', error });
  return { status: 500, message: say(language, 'refusal.unexpected', { reference }), reference };
}
