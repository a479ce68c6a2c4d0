import { capture } from '#server/desk/capture.ts';
import { listItems } from '#server/desk/list.ts';
import { savedSearches } from '#server/desk/saved.ts';
import { createWatch } from '#server/desk/watch.ts';
import { ownWatchList } from '#server/desk/watches.ts';
import { draftsOf } from '#server/posts/drafts.ts';
import { searchOwn } from '#server/search/own.ts';
import { requireActor } from '#server/web/actor.ts';
import { onceAction } from '#server/web/form.ts';
import { searchActions } from './search-actions.ts';
import { keepActions } from './keep-actions.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST_DRAFTS = 5;

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const query = event.url.searchParams;
  const q = query.get('q')?.trim() ?? '';
  const kind = query.get('kind');
  const shelf = query.get('shelf');
  const cursor = query.get('cursor');
  const [list, watches, searches, drafts] = await Promise.all([
    q ? searchOwn(db, actor, { q, kind, cursor }) : listItems(db, actor, { kind, shelf, cursor }),
    ownWatchList(db, actor),
    savedSearches(db, actor),
    draftsOf(db, actor),
  ]);
  return {
    asked: { q, kind: kind ?? '', shelf: shelf ?? '' },
    list,
    watches: watches.items,
    searches: searches.items,
    drafts: drafts.items.slice(0, MOST_DRAFTS),
  };
};

export const actions: Actions = {
  ...keepActions,
  ...searchActions,
  capture: onceAction(
    (tx, actor, form) =>
      capture(tx, actor, {
        text: form.text('text'),
        watchName: form.text('watchName'),
        watch: form.text('watch'),
        readLater: form.flag('readLater'),
        forMe: form.flag('forMe'),
      }),
    ({ id, known }, _, form) => {
      const told = `kept=${id}${known ? '&known' : ''}`;
      return form.text('watch') ? `/desk/watches/${form.text('watch')}?${told}` : `/desk?${told}`;
    },
  ),
  watch: onceAction(
    (tx, actor, form) => createWatch(tx, actor, { name: form.text('name') }),
    ({ id }) => `/desk/watches/${id}`,
  ),
};
