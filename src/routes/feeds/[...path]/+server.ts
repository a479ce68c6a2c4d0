import { answerFeed } from '#server/feeds/answer.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, params, request, url }) =>
  answerFeed(locals.db, { path: params.path, url, headers: request.headers, session: locals.actor });
