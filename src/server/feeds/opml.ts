import type { Actor } from '../actor.ts';
import { myCommunities } from '../communities/list.ts';
import type { Db } from '../platform/db.ts';
import { say } from '../platform/words.ts';
import { writeOpml } from '../syndication/opml-write.ts';

/**
 * The feeds of the actor's communities as OPML 2.0, for a feed reader.
 * @param key his feed key, which each address then carries: the file is as private as the key
 */
export async function communitiesOpml(
  db: Db,
  actor: Actor,
  origin: string,
  key: string | null,
): Promise<string> {
  const { items } = await myCommunities(db, actor);
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
