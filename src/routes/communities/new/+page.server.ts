import { isGuest } from '#server/actor.ts';
import { foundCommunity } from '#server/communities/found.ts';
import { namesakesOf } from '#server/communities/namesakes.ts';
import type { Access } from '#server/communities/present.ts';
import { Refusal } from '#server/errors.ts';
import { requireActor } from '#server/web/actor.ts';
import { onceAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  if (isGuest(requireActor(event))) throw new Refusal('forbidden', 'guests_found_nothing');
};

export const actions = {
  default: onceAction(
    async (tx, actor, form) => {
      const name = form.text('name');
      // Asked once about each name: sent again as sure, it founds it.
      const namesakes = form.text('sure') === name ? [] : await namesakesOf(tx, actor, name);
      if (namesakes.length) return { namesakes, values: form.values };
      const { slug } = await foundCommunity(tx, actor, {
        name,
        access: form.text('access') as Access,
        emoji: form.text('emoji'),
        description: form.text('description'),
        themes: form.text('themes').split(','),
      });
      return `/communities/${slug}`;
    },
    (outcome) => outcome,
  ),
} satisfies Actions;
