import { followedTags } from '#server/conversation/follow.ts';
import { listTags } from '#server/conversation/tags.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const query = event.url.searchParams;
  const prefix = query.get('prefix') ?? '';
  const [tags, followed] = await Promise.all([
    listTags(event.locals.db, actor, { prefix, after: query.get('cursor') ?? undefined }),
    followedTags(event.locals.db, actor),
  ]);
  return { prefix, tags, followed };
};
