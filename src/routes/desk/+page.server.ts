import { isGuest } from '#server/actor.ts';
import { capture } from '#server/desk/capture.ts';
import { savedSearches } from '#server/desk/saved.ts';
import { createWatch } from '#server/desk/watch.ts';
import { ownWatchList } from '#server/desk/watches.ts';
import { unpublishedOf } from '#server/posts/unpublished.ts';
import { requireActor } from '#server/web/actor.ts';
import { onceAction } from '#server/web/form.ts';
import { searchActions } from './search-actions.ts';
import { keepActions } from './keep-actions.ts';
import { shelfOf } from './shelf.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const query = event.url.searchParams;
  const [list, watches, searches, unpublished] = await Promise.all([
    shelfOf(db, actor, query),
    ownWatchList(db, actor, query.get('watches')),
    savedSearches(db, actor),
    unpublishedOf(db, actor),
  ]);
  return {
    asked: {
      q: query.get('q')?.trim() ?? '',
      kind: query.get('kind') ?? '',
      shelf: query.get('shelf') ?? '',
    },
    list,
    watches: watches.items,
    furtherWatches: watches.next,
    searches: searches.items,
    unpublished,
    guest: isGuest(actor),
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
