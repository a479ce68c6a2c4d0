import { answerPicture } from '#server/portraits/show-picture.ts';
import { requireActor } from '#server/web/actor.ts';
import type { RequestHandler } from './$types';

/** A person's face, for whoever may see the person. */
export const GET: RequestHandler = async (event) =>
  answerPicture(event.locals.db, requireActor(event), event.params);
