import { Refusal } from '#server/errors.ts';
import { hideThing, showThing } from '#server/moderation/hide.ts';
import { readThing, thingIn } from '#server/moderation/read.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const thing = await readThing(event.locals.db, requireActor(event), thingIn(event.url.searchParams));
  if (!thing.mayHide) throw new Refusal('forbidden', 'order_keepers_only');
  return { thing };
};

export const actions: Actions = {
  hide: formAction(
    (tx, actor, form, { url }) =>
      hideThing(tx, actor, {
        ...thingIn(url.searchParams),
        reason: form.text('reason'),
        answer: form.text('answer'),
      }),
    () => '/moderation/hidden',
  ),
  show: formAction(
    async (tx, actor, _, { url }) => {
      await showThing(tx, actor, thingIn(url.searchParams));
      return readThing(tx, actor, thingIn(url.searchParams));
    },
    ({ url }) => url,
  ),
};
