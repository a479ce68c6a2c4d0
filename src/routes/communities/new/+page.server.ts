import { isGuest } from '#server/actor.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { namesakesOf } from '#server/communities/namesakes.ts';
import type { Access } from '#server/communities/present.ts';
import { Refusal } from '#server/errors.ts';
import { inTransaction } from '#server/platform/db.ts';
import { requireActor } from '#server/web/actor.ts';
import { openFormAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  if (isGuest(requireActor(event))) throw new Refusal('forbidden', 'guests_found_nothing');
};

export const actions = {
  default: openFormAction(async (form, event) => {
    const actor = requireActor(event);
    const { db } = event.locals;
    const name = form.text('name');
    // Asked once about each name: a second click founds it.
    const namesakes = form.text('sure') === name ? [] : await namesakesOf(db, actor, name);
    if (namesakes.length) return { namesakes, values: form.values };
    const { slug } = await inTransaction(db, (tx) =>
      foundCommunity(tx, actor, {
        name,
        access: form.text('access') as Access,
        emoji: form.text('emoji'),
        description: form.text('description'),
        themes: form.text('themes').split(','),
      }),
    );
    return `/communities/${slug}`;
  }),
} satisfies Actions;
