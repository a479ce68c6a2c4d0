import type { RequestEvent } from '@sveltejs/kit';
import { Refusal } from '../errors.ts';
import { contentOf, readBody } from '../platform/api/body.ts';
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

/** The fields of a script's request, which the API's limit holds for; none where it is no JSON. */
export async function scriptBody(event: RequestEvent): Promise<Record<string, unknown>> {
  const { json } = await readBody(contentOf(event.request));
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
}
