import { readReplies } from '#server/conversation/thread.ts';
import { requireActor } from '#server/web/actor.ts';
import { conversationActions } from '../../../conversation-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { id, comment } = event.params;
  const cursor = event.url.searchParams.get('cursor');
  const replies = await readReplies(event.locals.db, requireActor(event), comment, { cursor, limit: 100 });
  return { id, replies };
};

export const actions: Actions = { ...conversationActions };
