import type { Actor } from '../actor.ts';
import { communityChoices } from '../communities/choices.ts';
import type { Db } from '../platform/db.ts';
import { say } from '../platform/words.ts';
import { writeOpml } from '../syndication/opml-write.ts';

/** As many as this network takes itself of one such list. */
const MOST_FEEDS = 1000;

/**
 * The feeds of the actor's communities as OPML 2.0, for a feed reader; of more than 1,000, those that he looked at
 * last.
 * @param key his feed key, which each address then carries: the file is as private as the key
 */
export async function communitiesOpml(
  db: Db,
  actor: Actor,
  origin: string,
  key: string | null,
): Promise<string> {
  const { items } = await communityChoices(db, actor, { archived: true, most: MOST_FEEDS });
  const asked = key ? `?key=${encodeURIComponent(key)}` : '';
  const outlines = items.map(({ slug, name }) => ({
    text: name,
    title: name,
    type: 'rss',
    xmlUrl: `${origin}/feeds/communities/${slug}.rss${asked}`,
    htmlUrl: `${origin}/communities/${slug}`,
  }));
  return writeOpml(say(actor.language, 'feeds.opml'), outlines);
}
