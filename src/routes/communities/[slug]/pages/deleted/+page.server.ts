import { deletedPagesOf, restorePage } from '#server/pages/remove.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const cursor = event.url.searchParams.get('cursor');
  return { deleted: await deletedPagesOf(event.locals.db, actor, event.params.slug, { cursor }) };
};

export const actions = {
  restore: formAction(
    async (tx, actor, form) => {
      const id = form.text('id');
      await restorePage(tx, actor, id);
      return id;
    },
    (id) => `/pages/${id}`,
  ),
} satisfies Actions;
