import type { RequestHandler } from '@sveltejs/kit';
import { answerApi } from '#server/api.ts';
import { actorFromSession } from '#server/people/actor.ts';

/**
 * The way of development; in service the door before the pages answers (src/server/web/api-door.ts).
 * Every method, so that an unknown one is refused in the API's own words.
 */
export const fallback: RequestHandler = ({ request, locals }) =>
  answerApi(request, locals.db, () => actorFromSession(locals.db, request.headers.get('cookie')));
