import { deletedPagesOf } from '#server/pages/remove.ts';
import { requireActor } from '#server/web/actor.ts';
import { restore } from '../restore-action.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const cursor = event.url.searchParams.get('cursor');
  return { deleted: await deletedPagesOf(event.locals.db, actor, event.params.slug, { cursor }) };
};

export const actions = { restore } satisfies Actions;
