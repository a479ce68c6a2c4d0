/** A site on loopback with feeds of blogs, and a database that attaches and polls them: for the tests of import/. */
import { sql } from 'kysely';
import { afterAll, beforeEach } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { attachBlog } from '#server/import/blogs.ts';
import { discoverFeed } from '#server/syndication/discover.ts';
import { pollBlogs } from '#server/import/poll.ts';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from './database.ts';
import { rssOf, startFeedServer, type FeedPost } from './feed-server.ts';

export async function blogSite() {
  const { db } = await testDatabase();
  const site = await startFeedServer();
  afterAll(() => site.close());
  /** A feed of its own for each test. */
  const feed = { path: '' };
  let number = 0;
  beforeEach(async () => {
    feed.path = `/feed-${++number}.xml`;
    await db.deleteFrom('outside_blogs').execute();
  });
  return {
    db,
    site,
    feed,
    serve: (posts: FeedPost[], at = feed.path) => {
      const text = rssOf(`${site.url}${at}`, posts);
      site.answers.set(at, (_, response) =>
        response.setHeader('content-type', 'application/rss+xml').end(text),
      );
    },
    attach: async (actor: Actor, at = feed.path) => {
      const found = await discoverFeed(site.url + at);
      return inTransaction(db, (tx) => attachBlog(tx, actor, found));
    },
    /** Asks every blog now. */
    poll: async () => {
      await sql`update outside_blogs set next_poll_at = now() - interval '1 minute'`.execute(db);
      return pollBlogs(db);
    },
    titles: async (at = feed.path) => {
      const { rows } = await sql<{ title: string; handle: string; body: string }>`
        select title, handle, entries.body from entries join people on people.id = author_id
        where origin_key like ${`%${at} %`} order by origin_key`.execute(db);
      return rows;
    },
    row: () => db.selectFrom('outside_blogs').selectAll().executeTakeFirstOrThrow(),
    hoursAhead: async () => {
      const { rows } = await sql<{ hours: number }>`
        select extract(epoch from next_poll_at - now())::float / 3600 as hours from outside_blogs`.execute(
        db,
      );
      return rows[0]!.hours;
    },
  };
}
