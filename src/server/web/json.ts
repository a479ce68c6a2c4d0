import type { RequestEvent } from '@sveltejs/kit';
import { Refusal } from '../errors.ts';
import { sentenceOf, statusOf } from './refusal.ts';

/** Answers a page's own script in JSON; a refusal with its sentence. */
export async function answerScript(event: RequestEvent, run: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await run());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const message = sentenceOf(error, event.locals.language);
    return Response.json({ message }, { status: statusOf(error) });
  }
}

/** The fields of a script's request; none where it is no JSON. */
export async function scriptBody(event: RequestEvent): Promise<Record<string, unknown>> {
  const body: unknown = await event.request.json().catch(() => null);
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
