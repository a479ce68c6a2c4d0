import type { RequestHandler } from '@sveltejs/kit';
import { readMadePasskey } from '#server/people/passkey-answer.ts';
import { addPasskey, beginPasskey } from '#server/people/passkeys.ts';
import { requireActor } from '#server/web/actor.ts';
import { answerScript, scriptBody } from '#server/web/json.ts';
import { carry, visitorOf } from '#server/web/visitor.ts';

/** Begins: what the browser must sign to make a passkey. */
export const POST: RequestHandler = (event) =>
  answerScript(event, async () => {
    const { password } = await scriptBody(event);
    const { db } = event.locals;
    const begun = await beginPasskey(db, requireActor(event), visitorOf(event), String(password ?? ''));
    carry(event, begun.cookies);
    return begun.options;
  });

/** Ends: the passkey it made. */
export const PUT: RequestHandler = (event) =>
  answerScript(event, async () => {
    const { name, answer } = await scriptBody(event);
    const input = { name: String(name ?? ''), response: readMadePasskey(answer) };
    carry(event, await addPasskey(event.locals.db, requireActor(event), visitorOf(event), input));
    return {};
  });
