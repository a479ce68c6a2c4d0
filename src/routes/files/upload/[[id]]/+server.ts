import { answerUpload } from '#server/files/tus.ts';
import { requireActor } from '#server/web/actor.ts';
import type { RequestHandler } from './$types';

/** A resumable upload (tus): POST begins it, PATCH goes on, HEAD says how far it is, DELETE gives up, GET names the file. */
const answer: RequestHandler = (event) =>
  answerUpload(event.locals.db, requireActor(event), event.request, event.params.id);

export {
  answer as GET,
  answer as HEAD,
  answer as POST,
  answer as PATCH,
  answer as DELETE,
  answer as OPTIONS,
};
