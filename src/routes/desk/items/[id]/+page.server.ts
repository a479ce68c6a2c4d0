import { watchChoices } from '#server/desk/choices.ts';
import { ownCopies } from '#server/desk/copy.ts';
import { fileItem } from '#server/desk/file.ts';
import { readItem } from '#server/desk/read.ts';
import { deleteItem, restoreItem } from '#server/desk/remove.ts';
import { readWatch } from '#server/desk/watches.ts';
import { itemChain } from '#server/provenance/item.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import { copyOne } from '../../copy-actions.ts';
import { filingActions } from './filing-actions.ts';
import { markingActions } from './marking-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const { id } = event.params;
  const [item, watches, chain] = await Promise.all([
    readItem(db, actor, id),
    watchChoices(db, actor),
    itemChain(db, actor, id),
  ]);
  const [copies, shared] = await Promise.all([
    item.own ? null : ownCopies(db, actor, [id]),
    item.own && item.sharedAt && item.watch ? readWatch(db, actor, item.watch.id) : null,
  ]);
  return {
    item,
    chain,
    copy: copies?.get(id),
    sharedIn: shared?.community ?? null,
    watches,
  };
};

export const actions: Actions = {
  ...filingActions,
  ...markingActions,
  ...copyOne,
  edit: formAction(
    (tx, actor, form, { params }) =>
      fileItem(tx, actor, params.id ?? '', {
        title: form.optional('title'),
        body: form.text('body'),
        version: Number(form.text('version')) || undefined,
      }),
    (_, { url }) => `${url.pathname}?done`,
  ),
  delete: formAction(
    (tx, actor, _, { params }) => deleteItem(tx, actor, params.id ?? ''),
    (_, { params }) => `/desk?deleted=${params.id}`,
  ),
  restore: formAction(
    (tx, actor, _, { params }) => restoreItem(tx, actor, params.id ?? ''),
    (_, { url }) => url.pathname,
  ),
};
