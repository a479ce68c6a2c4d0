import type { Actor } from '#server/actor.ts';
import { watchChoices } from '#server/desk/choices.ts';
import { ownCopies } from '#server/desk/copy.ts';
import { listItems } from '#server/desk/list.ts';
import { deleteWatch, editWatch, restoreWatch } from '#server/desk/watch.ts';
import { readWatch } from '#server/desk/watches.ts';
import { listDossiers } from '#server/dossiers/list.ts';
import { markOpened } from '#server/notifications/read.ts';
import { twinsOf } from '#server/twins/twins.ts';
import type { Db } from '#server/platform/db.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import { copyActions } from '../../copy-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db, id } = { ...event.locals, ...event.params };
  const [watch, list] = await Promise.all([
    readWatch(db, actor, id),
    listItems(db, actor, { watch: id, cursor: event.url.searchParams.get('cursor') }),
  ]);
  await markOpened(db, actor, watch.id);
  if (!watch.sharedAt) return { watch, list, twins: null, dossiers: [], keeping: null };
  const [dossiers, twins, keeping] = await Promise.all([
    listDossiers(db, actor, { watch: id }),
    watch.own ? twinsOf(db, actor, id) : null,
    watch.own ? null : keepingOf(db, actor, list.items),
  ]);
  return { watch, list, twins, dossiers: dossiers.items, keeping };
};

/** What the actor keeps of a colleague's things already, and where the others may go. */
async function keepingOf(db: Db, actor: Actor, items: readonly { id: string }[]) {
  const ids = items.map(({ id }) => id);
  const [watches, own] = await Promise.all([watchChoices(db, actor), ownCopies(db, actor, ids)]);
  return { watches, own: Object.fromEntries(own) };
}

export const actions: Actions = {
  ...copyActions,
  edit: formAction(
    (tx, actor, form, { params }) =>
      editWatch(tx, actor, params.id ?? '', { name: form.text('name'), about: form.text('about') }),
    (_, { url }) => `${url.pathname}?done`,
  ),
  archive: formAction(
    (tx, actor, form, { params }) =>
      editWatch(tx, actor, params.id ?? '', { archived: form.text('archived') === 'yes' }),
    (_, { url }) => url.pathname,
  ),
  delete: formAction(
    (tx, actor, _, { params }) => deleteWatch(tx, actor, params.id ?? ''),
    (_, { params }) => `/desk?removed=${params.id}`,
  ),
  restore: formAction(
    (tx, actor, _, { params }) => restoreWatch(tx, actor, params.id ?? ''),
    (_, { url }) => url.pathname,
  ),
};
