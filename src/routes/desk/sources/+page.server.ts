import { ownWatchList } from '#server/desk/watches.ts';
import { inTransaction } from '#server/platform/db.ts';
import { countLook, followFound } from '#server/sources/follow.ts';
import { sourceInWords } from '#server/sources/in-words.ts';
import { ownSources } from '#server/sources/subscriptions.ts';
import { discoverFeed } from '#server/syndication/discover.ts';
import { requireActor } from '#server/web/actor.ts';
import { openFormAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db, language } = event.locals;
  const [sources, watches] = await Promise.all([ownSources(db, actor), ownWatchList(db, actor)]);
  const query = event.url.searchParams;
  return {
    sources: sources.map((source) => sourceInWords(language, source)),
    watches: watches.items.map(({ id, name }) => ({ id, name })),
    address: query.get('url') ?? '',
    saved: query.has('saved'),
  };
};

export const actions = {
  follow: openFormAction(async (form, event) => {
    const actor = requireActor(event);
    const { db } = event.locals;
    await countLook(db, actor);
    // Before the transaction: other people's servers take their time.
    const found = await discoverFeed(form.text('url'));
    const following = { watch: form.text('watch') || null };
    const { arrived } = await inTransaction(db, (tx) => followFound(tx, actor, found, following));
    return { arrived };
  }),
} satisfies Actions;
