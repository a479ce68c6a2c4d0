import { Refusal } from '#server/errors.ts';
import { movePage } from '#server/pages/move.ts';
import { readPage } from '#server/pages/read.ts';
import { pagesOf } from '#server/pages/tree.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals;
  const actor = requireActor(event);
  const page = await readPage(db, actor, event.params.id);
  if (!page.may.edit) throw new Refusal('forbidden', 'page_editors_only');
  const { items } = await pagesOf(db, actor, page.community.slug);
  const own = items.findIndex(({ id }) => id === page.id);
  const depth = items[own]?.depth ?? 0;
  const rest = items.slice(own + 1);
  const end = rest.findIndex((each) => each.depth <= depth);
  // What stands below the page comes with it: it cannot be put there.
  const inside =
    own < 0 ? [] : [items[own]!, ...rest.slice(0, end < 0 ? rest.length : end)].map(({ id }) => id);
  return {
    page: { id: page.id, title: page.title },
    parentId: items[own]?.parentId ?? '',
    places: items.filter(({ id }) => !inside.includes(id)),
  };
};

export const actions = {
  move: formAction(
    (tx, actor, form, { params }) => {
      const before = form.text('before');
      // Before another page means beside it, wherever that one stands.
      const [beside, at] = before.split(' ');
      const parentId = at === undefined ? form.text('parentId') : (beside ?? '').replace('top', '');
      return movePage(tx, actor, params.id ?? '', { parentId: parentId || null, before: at ?? null });
    },
    (_, { params }) => `/pages/${params.id}`,
  ),
} satisfies Actions;
