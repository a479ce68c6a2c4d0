import { isGuest } from '#server/actor.ts';
import { foundCommunity } from '#server/communities/found.ts';
import type { Access } from '#server/communities/present.ts';
import { Refusal } from '#server/errors.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  if (isGuest(requireActor(event))) throw new Refusal('forbidden', 'guests_found_nothing');
};

export const actions = {
  default: formAction(
    (tx, actor, form) =>
      foundCommunity(tx, actor, {
        name: form.text('name'),
        access: form.text('access') as Access,
        emoji: form.text('emoji'),
        description: form.text('description'),
        themes: form.text('themes').split(','),
      }),
    ({ slug }) => `/communities/${slug}`,
  ),
} satisfies Actions;
