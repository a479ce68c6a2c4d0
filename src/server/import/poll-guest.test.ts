import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { rssOf, startFeedServer } from '../../../tests/feed-server.ts';
import { actorOf } from '../../../tests/world.ts';
import { attachBlog } from './blogs.ts';
import { discoverFeed } from '../syndication/discover.ts';
import { pollBlogs } from './poll.ts';

const { db } = await testDatabase();
const site = await startFeedServer();
afterAll(() => site.close());

test('nothing arrives any more for who has become a guest: guests have no blog here', async () => {
  const yanis = await actorOf(db, 'yanis.belkacem');
  const serve = (ids: string[]) => {
    const text = rssOf(
      `${site.url}/feed.xml`,
      ids.map((id) => ({ id })),
    );
    site.answers.set('/feed.xml', (_, response) =>
      response.setHeader('content-type', 'application/rss+xml').end(text),
    );
  };
  const poll = async () => {
    await sql`update outside_blogs set next_poll_at = now() - interval '1 minute'`.execute(db);
    await pollBlogs(db);
    const { rows } = await sql<{ title: string }>`select title from entries
      where origin_key like '%/feed.xml %' order by title`.execute(db);
    return rows.map(({ title }) => title);
  };
  const role = (to: 'guest' | 'member') =>
    db.updateTable('people').set({ role: to }).where('id', '=', yanis.id).execute();

  serve(['a']);
  const found = await discoverFeed(`${site.url}/feed.xml`);
  await inTransaction(db, (tx) => attachBlog(tx, yanis, found));
  serve(['a', 'b']);
  await role('guest');
  expect(await poll()).toEqual(['a']);
  await role('member');
  expect(await poll()).toEqual(['a', 'b']);
});
