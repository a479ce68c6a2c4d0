import { searchIn } from '#server/feeds/search.ts';
import { readFeed } from '#server/feeds/source.ts';
import { feedKeyOf, renewFeedKey } from '#server/people/feed-key.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** The addresses of one list for a feed reader; of all that may be read where no list is named. */
export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const list = event.url.searchParams.get('list') || 'all';
  const search = searchIn(event.url.searchParams);
  const [{ title, path }, key] = await Promise.all([readFeed(db, actor, list, search), feedKeyOf(db, actor)]);
  const asked = new URLSearchParams([...search, ['key', key ?? '']]);
  const address = (name: string) => `${event.url.origin}/feeds/${name}?${asked}`;
  const addresses = {
    rss: address(`${list}.rss`),
    atom: address(`${list}.atom`),
    json: address(`${list}.json`),
  };
  const opml = `${event.url.origin}/feeds/communities.opml?key=${key}`;
  return { title, path, keyed: key ? { addresses, opml } : null };
};

export const actions = {
  make: formAction(
    renewFeedKey,
    (_, { url }) => url.pathname + url.search.replace(/[?&]\/make=?/, '').replace(/^&/, '?'),
  ),
} satisfies Actions;
