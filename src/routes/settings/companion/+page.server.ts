import { isGuest } from '#server/actor.ts';
import {
  meetNewcomer,
  newcomersOf,
  ownCompanionship,
  stopVolunteering,
  volunteer,
} from '#server/first-day/companion.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const [own, newcomers] = await Promise.all([ownCompanionship(db, actor), newcomersOf(db, actor)]);
  return { own, newcomers, guest: isGuest(actor), saved: event.url.searchParams.has('saved') };
};

export const actions = {
  save: formAction(
    (tx, actor, form) =>
      form.flag('active')
        ? volunteer(tx, actor, { contact: form.text('contact') })
        : stopVolunteering(tx, actor),
    () => '/settings/companion?saved',
  ),
  met: formAction(
    (tx, actor, form) => meetNewcomer(tx, actor, form.text('handle')),
    () => '/',
  ),
} satisfies Actions;
