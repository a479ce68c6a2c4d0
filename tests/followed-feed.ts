/** A source that somebody follows, with what it holds, without a server to ask: its name leads nowhere. */
import type { Actor } from '#server/actor.ts';
import type { Tx } from '#server/platform/db.ts';
import { followFound } from '#server/sources/follow.ts';
import { listReadings } from '#server/sources/readings.ts';
import { parseFeed } from '#server/syndication/feed.ts';
import { rssOf, type FeedPost } from './feed-server.ts';

export async function followFeed(
  tx: Tx,
  actor: Actor,
  site: string,
  posts: FeedPost[],
): Promise<{ source: string; reading: string }> {
  const url = `${site}/feed`;
  const blog = await parseFeed(Buffer.from(rssOf(site, posts)), { url });
  const fetched = { status: 200, url, headers: {}, body: null, etag: null, lastModified: null };
  const { id } = await followFound(tx, actor, { url, blog: { ...blog, origin: '' }, fetched });
  const { items } = await listReadings(tx, actor, { state: 'all', source: id });
  return { source: id, reading: items[0]!.id };
}
