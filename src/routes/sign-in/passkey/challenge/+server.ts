import type { RequestHandler } from '@sveltejs/kit';
import { readSignedChallenge } from '#server/people/passkey-answer.ts';
import { passkeyChallenge, signInWithPasskey } from '#server/people/sign-in.ts';
import { answerScript, scriptBody } from '#server/web/json.ts';
import { carry, visitorOf } from '#server/web/visitor.ts';

/** Begins: what the browser's passkey must sign. */
export const POST: RequestHandler = (event) =>
  answerScript(event, async () => {
    const { options, cookies } = await passkeyChallenge(event.locals.db, visitorOf(event));
    carry(event, cookies);
    return options;
  });

/** Ends: what it signed. */
export const PUT: RequestHandler = (event) =>
  answerScript(event, async () => {
    const answer = readSignedChallenge(await scriptBody(event));
    carry(event, (await signInWithPasskey(event.locals.db, visitorOf(event), answer)).cookies);
    return {};
  });
