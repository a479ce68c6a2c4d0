import { redirect } from '@sveltejs/kit';
import { answerFile } from '#server/files/serve.ts';
import { actorFromFeedKey } from '#server/people/actor.ts';
import { signInAddress } from '#server/web/doors.ts';
import type { RequestHandler } from './$types';

/** A file, for whoever is signed in, or for a reader of feeds that comes with its key. */
export const GET: RequestHandler = async ({ locals, params, request, url }) => {
  const key = url.searchParams.get('key');
  const actor = key === null ? locals.actor : await actorFromFeedKey(locals.db, key);
  if (!actor) redirect(303, signInAddress(url));
  return answerFile(locals.db, actor, { id: params.id, variant: params.variant }, request.headers);
};
