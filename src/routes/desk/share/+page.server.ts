import { isGuest } from '#server/actor.ts';
import { communityChoices } from '#server/communities/choices.ts';
import { renderDraft } from '#server/conversation/text.ts';
import { readWatch } from '#server/desk/watches.ts';
import { notFound } from '#server/errors.ts';
import { audienceOf } from '#server/sharing/audience.ts';
import { proposal } from '#server/sharing/text.ts';
import { turnItem } from '#server/sharing/turn.ts';
import { shareableItems, shareWatch } from '#server/sharing/watch.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, onceAction, type Form } from '#server/web/form.ts';
import { undoActions } from './undo-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const query = event.url.searchParams;
  const [itemId, watchId] = [query.get('item'), query.get('watch')];
  const [communities, item, watch, inside] = await Promise.all([
    communityChoices(db, actor),
    itemId ? proposal(db, actor, itemId) : null,
    watchId ? readWatch(db, actor, watchId) : null,
    watchId ? shareableItems(db, actor, watchId) : { items: [], rest: 0 },
  ]);
  if ((!item && !watch) || (watch && !watch.own)) throw notFound();
  return { communities, guest: isGuest(actor), item, watch, inside };
};

const into = (form: Form) => (form.text('into') === 'page' ? 'page' : 'post');

export const actions: Actions = {
  ...undoActions,
  preview: formAction(
    async (tx, actor, form) => ({
      audience: await audienceOf(tx, actor, form.text('community') || null),
      html: (await renderDraft(tx, actor, form.text('body'))).html,
    }),
    (seen, _, form) => ({ ...seen, values: form.values, items: form.list('items'), rest: form.flag('rest') }),
  ),
  item: onceAction(
    (tx, actor, form) =>
      turnItem(tx, actor, form.text('item'), {
        into: into(form),
        community: form.text('community') || null,
        title: form.text('title'),
        body: form.text('body'),
      }),
    ({ id }, _, form) => `/desk/items/${encodeURIComponent(form.text('item'))}?shared=${id}&as=${into(form)}`,
  ),
  watch: formAction(
    (tx, actor, form) =>
      shareWatch(tx, actor, form.text('watch'), {
        community: form.text('community'),
        items: form.list('items'),
        rest: form.flag('rest'),
      }),
    (_, __, form) => `/desk/watches/${encodeURIComponent(form.text('watch'))}?shared`,
  ),
};
