import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { blogSite } from '../../../tests/blog-site.ts';
import { actorOf } from '../../../tests/world.ts';
import { attachAddress, detachBlog, followAddresses, followBlog, followedBlogs, ownBlogs } from './blogs.ts';
import { discoverFeed } from '../syndication/discover.ts';
import { pollBlogs } from './poll.ts';

const { db, site, feed, serve, attach, poll, titles, row } = await blogSite();
const helene = await actorOf(db, 'helene.dargent');
const yanis = await actorOf(db, 'yanis.belkacem');
const nadia = await actorOf(db, 'nadia.rahmani');
const guest = await actorOf(db, 'pierre.alonzo');

test('nothing arrives for who has left, and all goes on when he is back', async () => {
  serve([{ id: 'un' }]);
  await attach(yanis);
  serve([{ id: 'un' }, { id: 'deux' }]);
  const status = (to: 'active' | 'deactivated') =>
    db.updateTable('people').set({ status: to }).where('id', '=', yanis.id).execute();
  await status('deactivated');
  await poll();
  expect(await titles()).toHaveLength(1);
  expect((await row()).last_error).toBe('nobody_there');
  await status('active');
  await poll();
  expect(await titles()).toHaveLength(2);
});

test('a blog is attached by one person, once; a followed one then comes through him', async () => {
  serve([{ id: 'un', author: 'Odile Carnet' }]);
  await expect(attach(guest)).rejects.toMatchObject({ code: 'forbidden' });
  const found = await discoverFeed(site.url + feed.path);
  await expect(inTransaction(db, (tx) => followBlog(tx, yanis, found))).rejects.toMatchObject({
    reason: 'admins_only',
  });
  await inTransaction(db, (tx) => followBlog(tx, helene, found));
  await expect(inTransaction(db, (tx) => followBlog(tx, helene, found))).rejects.toMatchObject({
    reason: 'blog_known',
  });
  expect((await titles())[0]?.handle).toBe('odile.carnet');
  const both = await Promise.allSettled([attach(yanis), attach(yanis)]);
  expect(both.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { reason: 'blog_known' } },
  ]);
  await expect(attach(nadia)).rejects.toMatchObject({ reason: 'blog_of_another' });
  serve([
    { id: 'un', author: 'Odile Carnet' },
    { id: 'deux', author: 'Odile Carnet' },
  ]);
  expect(await poll()).toBe(1);
  expect((await titles()).map(({ title, handle }) => [title, handle])).toEqual([
    ['deux', 'yanis.belkacem'],
    ['un', 'odile.carnet'],
  ]);
  expect(await followedBlogs(db, helene)).toMatchObject([{ error: 'blog_attached' }]);
  const [mine] = await ownBlogs(db, yanis);
  await expect(inTransaction(db, (tx) => detachBlog(tx, nadia, mine!.id))).rejects.toMatchObject({
    code: 'not_found',
  });
  await inTransaction(db, (tx) => detachBlog(tx, yanis, mine!.id));
  expect(await ownBlogs(db, yanis)).toEqual([]);
});

test('addresses that nobody has looked at are looked at first; a community that closed its door says so', async () => {
  serve([{ id: 'un' }]);
  site.answers.set('/front', (_, response) =>
    response.end(`<link rel="alternate" type="application/rss+xml" href="${feed.path}">`),
  );
  await inTransaction(db, (tx) => attachAddress(tx, yanis, `${site.url}/front`));
  expect(await ownBlogs(db, yanis)).toMatchObject([{ polledAt: null, title: `${site.url}/front` }]);
  await poll();
  expect(await ownBlogs(db, yanis)).toMatchObject([
    { feedUrl: site.url + feed.path, arrived: 1, error: null },
  ]);
  const feeds = [
    { xmlUrl: `${site.url}/gone.xml`, title: 'Parti' },
    { xmlUrl: `${site.url}/gone.xml`, title: 'Encore' },
  ];
  const followed = await inTransaction(db, (tx) => followAddresses(tx, helene, feeds));
  expect(followed).toMatchObject({ new: 1, known: 1 });
  await poll();
  expect(await followedBlogs(db, helene)).toMatchObject([{ title: 'Parti', error: 'fetch_status' }]);
  serve([{ id: 'dedans' }], '/inside.xml');
  const found = await discoverFeed(`${site.url}/inside.xml`);
  await inTransaction(db, (tx) => followBlog(tx, helene, found, { community: 'appels-offres' }));
  const archive = (at: Date | null) =>
    db.updateTable('communities').set({ archived_at: at }).where('slug', '=', 'appels-offres').execute();
  await archive(new Date());
  serve([{ id: 'dedans' }, { id: 'encore' }], '/inside.xml');
  await poll();
  await archive(null);
  expect((await followedBlogs(db, helene)).map(({ error }) => error)).toContain('community_archived');
  // An admin outside of that community does not learn of it.
  const admin = { ...yanis, role: 'admin' as const };
  expect((await followedBlogs(db, admin)).map(({ title }) => title)).toEqual(['Parti']);
});

test('two pollers at once ask each blog once', async () => {
  serve([{ id: 'un' }]);
  await attach(yanis);
  serve([{ id: 'un' }, { id: 'deux' }]);
  await sql`update outside_blogs set next_poll_at = now() - interval '1 minute'`.execute(db);
  const asked = site.asked.length;
  expect((await Promise.all([pollBlogs(db), pollBlogs(db)])).reduce((a, b) => a + b)).toBe(1);
  expect(site.asked.length).toBe(asked + 1);
  expect(await titles()).toHaveLength(2);
});
