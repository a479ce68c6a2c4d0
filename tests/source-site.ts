/** A site on loopback with feeds, and a database whose people follow them: for the tests of sources/. */
import { sql } from 'kysely';
import { afterAll, beforeEach } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { inTransaction } from '#server/platform/db.ts';
import { lookAtSources } from '#server/sources/first-reading.ts';
import { followFound, type Following } from '#server/sources/follow.ts';
import { pollSources } from '#server/sources/poll.ts';
import { listReadings, type Which } from '#server/sources/readings.ts';
import { discoverFeed } from '#server/syndication/discover.ts';
import { testDatabase } from './database.ts';
import { rssOf, startFeedServer, type FeedPost } from './feed-server.ts';

/** Patient enough for a test, and no more. */
export const BRIEF = { gapMs: 0, fetch: { totalMs: 1_500, idleMs: 700, maxBytes: 300_000 } };

export async function sourceSite() {
  const { db, pool, url } = await testDatabase();
  const site = await startFeedServer();
  afterAll(() => site.close());
  /** A feed of its own for each test. */
  const feed = { path: '' };
  let number = 0;
  beforeEach(async () => {
    feed.path = `/source-${++number}.xml`;
    await db.deleteFrom('reading_rules').execute();
    await db.deleteFrom('readings').execute();
    await db.deleteFrom('subscriptions').execute();
    await db.deleteFrom('source_items').execute();
    await db.deleteFrom('sources').execute();
  });
  return {
    db,
    pool,
    url,
    site,
    feed,
    serve: (posts: FeedPost[], at = feed.path) => {
      const text = rssOf(`${site.url}${at}`, posts);
      site.answers.set(at, (_, response) =>
        response.setHeader('content-type', 'application/rss+xml').end(text),
      );
    },
    follow: async (actor: Actor, at = feed.path, following: Following = {}) => {
      const found = await discoverFeed(site.url + at);
      return inTransaction(db, (tx) => followFound(tx, actor, found, following));
    },
    /** Asks every source now. */
    poll: async (manners: Parameters<typeof pollSources>[1] = BRIEF) => {
      await sql`update sources set next_poll_at = now() - interval '1 minute', asked_until = null`.execute(
        db,
      );
      return pollSources(db, manners);
    },
    /** Looks at every address that waits, now. */
    look: async (manners: Parameters<typeof pollSources>[1] = BRIEF) => {
      await sql`update subscriptions set next_try_at = now() - interval '1 minute'`.execute(db);
      return lookAtSources(db, manners);
    },
    titles: async (actor: Actor, which: Which = { state: 'all' }) =>
      (await listReadings(db, actor, { limit: 100, ...which })).items.map(({ title }) => title),
    source: (at = feed.path) =>
      db
        .selectFrom('sources')
        .selectAll()
        .where('feed_url', '=', site.url + at)
        .executeTakeFirst(),
  };
}
