import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { inTransaction } from '#server/platform/db.ts';
import { editPost } from '#server/posts/edit.ts';
import { blogSite } from '../../../tests/blog-site.ts';
import { rssOf, startFeedServer, type FeedPost } from '../../../tests/feed-server.ts';
import { inOneWindow } from '../../../tests/one-window.ts';
import { actorOf } from '../../../tests/world.ts';
import { originOfFeed } from '../syndication/origin.ts';
import { attachAddress, attachBlog, countAddress, ownBlogs } from './blogs.ts';
import { discoverFeed } from '../syndication/discover.ts';

const { db, site, feed, serve, attach, poll, titles, row, hoursAhead } = await blogSite();
const yanis = await actorOf(db, 'yanis.belkacem');
const nadia = await actorOf(db, 'nadia.rahmani');

test('what a blog holds lands at once under its owner’s name, what comes out later arrives once', async () => {
  serve([{ id: 'un', author: 'Quelqu’un d’autre' }]);
  const before = await db.selectFrom('people').select('id').execute();
  const { report } = await attach(yanis);
  expect(report).toMatchObject({ posts: { new: 1 }, people: { new: 0 } });
  serve([{ id: 'un' }, { id: 'deux' }]);
  await poll();
  await poll();
  expect((await titles()).map(({ title, handle }) => [title, handle])).toEqual([
    ['deux', 'yanis.belkacem'],
    ['un', 'yanis.belkacem'],
  ]);
  expect(await db.selectFrom('people').select('id').execute()).toHaveLength(before.length);
  expect(await ownBlogs(db, yanis)).toMatchObject([{ title: 'Carnet de route', arrived: 2, error: null }]);
  expect(await ownBlogs(db, nadia)).toEqual([]);
});

test('a page leads to its feed', async () => {
  serve([{ id: 'un' }]);
  site.answers.set('/page', (_, response) =>
    response.end(
      `<html><head><LINK type='application/rss+xml' data-href=x href="${feed.path}" rel=alternate></head>`,
    ),
  );
  expect((await discoverFeed(`${site.url}/page#top`)).url).toBe(site.url + feed.path);
  await expect(discoverFeed(`${site.url}/nothing`)).rejects.toMatchObject({
    fields: { url: 'fetch_status' },
  });
  site.answers.set('/plain', (_, response) => response.end('<html>'));
  await expect(discoverFeed(`${site.url}/plain`)).rejects.toMatchObject({ fields: { url: 'no_feed_there' } });
  for (const typed of [
    'javascript:alert(1)',
    'file:///etc/passwd',
    ' ',
    'http://localhost:1',
    'ftp://x.example',
  ])
    await expect(discoverFeed(typed), typed).rejects.toMatchObject({ code: 'invalid' });
});

test('it asks conditionally, and an answer without news changes nothing', async () => {
  const text = rssOf(site.url, [{ id: 'un' }]);
  site.answers.set(feed.path, (request, response) => {
    if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
    else
      response
        .setHeader('etag', '"v1"')
        .setHeader('last-modified', 'Mon, 06 May 2024 10:00:00 GMT')
        .end(text);
  });
  await attach(yanis);
  const events = () => sql`select 1 from events`.execute(db).then(({ rows }) => rows.length);
  const before = await events();
  await poll();
  expect(site.asked.at(-1)?.headers).toMatchObject({
    'if-none-match': '"v1"',
    'if-modified-since': 'Mon, 06 May 2024 10:00:00 GMT',
  });
  expect([await events(), (await row()).last_error, (await row()).etag]).toEqual([before, null, '"v1"']);
});

test('a correction arrives, unless the post was edited or deleted here, or shrinks to its first words', async () => {
  const long = 'Un texte assez long pour qu’on voie la différence. '.repeat(5);
  serve(['a', 'b', 'c', 'd'].map((id) => ({ id, text: `${long} ${id}` })));
  await attach(yanis);
  const posts = await sql<{
    id: string;
    title: string;
  }>`select id, title from entries where author_id = ${yanis.id}
    and origin_key like ${`%${feed.path} %`} order by title`.execute(db);
  const [, b, , d] = posts.rows.map(({ id }) => id);
  await inTransaction(db, (tx) => editPost(tx, yanis, b!, { body: 'À moi.' }));
  await db.updateTable('entries').set({ deleted_at: new Date() }).where('id', '=', d!).execute();
  serve(
    ['a', 'b', 'c', 'd'].map((id) => ({ id, text: id === 'c' ? 'Lire la suite' : `${long} ${id} corrigé` })),
  );
  await poll();
  const texts = (await titles()).map(({ body }) => body);
  expect(texts[0]).toContain('corrigé');
  expect(texts[1]).toBe('À moi.');
  expect(texts[2]).not.toContain('suite');
  expect(
    (await db.selectFrom('entries').select('deleted_at').where('id', '=', d!).executeTakeFirst())?.deleted_at,
  ).not.toBeNull();
});

test('one blog cannot pass for another', async () => {
  serve([{ id: 'un', text: 'Le vrai texte, de celui qui l’a écrit.' }]);
  await attach(yanis);
  const forged = `${feed.path}.forged`;
  const text = rssOf(`${site.url}${feed.path}`, [
    { id: 'un', text: 'Un faux texte, de quelqu’un d’autre ici.' },
  ]);
  const other = await startFeedServer();
  other.answers.set(forged, (_, response) => response.end(text));
  const found = await discoverFeed(other.url + forged);
  await inTransaction(db, (tx) => attachBlog(tx, nadia, found));
  await poll();
  expect((await titles())[0]).toMatchObject({
    handle: 'yanis.belkacem',
    body: 'Le vrai texte, de celui qui l’a écrit.',
  });
  await other.close();
  // The same host: what another wrote stays as it is.
  site.answers.set(forged, (_, response) => response.end(text));
  const near = await discoverFeed(site.url + forged);
  await inTransaction(db, (tx) => attachBlog(tx, nadia, near));
  await poll();
  expect((await titles())[0]?.body).toBe('Le vrai texte, de celui qui l’a écrit.');
});

test('failures are asked about ever more rarely, a good answer ends that, Retry-After is kept within reason', async () => {
  serve([{ id: 'un' }]);
  await attach(yanis);
  site.answers.set(feed.path, (_, response) => response.writeHead(500).end());
  for (const expected of [2, 4, 8]) {
    await poll();
    const hours = await hoursAhead();
    expect(hours).toBeGreaterThan(expected * 0.85);
    expect(hours).toBeLessThan(expected * 1.15);
  }
  expect(await row()).toMatchObject({ failures: 3, last_error: 'fetch_status' });
  site.answers.set(feed.path, (_, response) => response.writeHead(429, { 'retry-after': '172800' }).end());
  await poll();
  expect(await hoursAhead()).toBeCloseTo(48, 0);
  site.answers.set(feed.path, (_, response) =>
    response.writeHead(503, { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' }).end(),
  );
  await poll();
  expect(await hoursAhead()).toBeCloseTo(24 * 7, 0);
  serve([{ id: 'un' }]);
  await poll();
  expect(await row()).toMatchObject({ failures: 0, last_error: null });
});

test('a move for good is remembered, and doubles nothing', async () => {
  serve([{ id: 'un' }]);
  await attach(yanis);
  const moved = `${feed.path}.moved`;
  serve([{ id: 'un' }, { id: 'deux' }], moved);
  site.answers.set(feed.path, (_, response) => response.writeHead(301, { location: moved }).end());
  await poll();
  expect((await row()).feed_url).toBe(site.url + moved);
  expect((await titles()).map(({ title }) => title)).toEqual(['deux', 'un']);
  // An address that is asked already is not taken over.
  serve([{ id: 'autre' }], `${feed.path}.third`);
  await attach(yanis, `${feed.path}.third`);
  site.answers.set(moved, (_, response) => response.writeHead(301, { location: `${feed.path}.third` }).end());
  await poll();
  expect((await ownBlogs(db, yanis)).map(({ feedUrl }) => feedUrl).sort()).toEqual([
    site.url + moved,
    `${site.url}${feed.path}.third`,
  ]);
});

const hostile: [name: string, answer: Parameters<typeof site.answers.set>[1], error: string | null][] = [
  [
    'endless',
    (_, response) => {
      const pour = () => {
        while (response.write(Buffer.alloc(1_000_000, 'x')));
        response.once('drain', pour);
      };
      pour();
    },
    'fetch_too_large',
  ],
  [
    'a bomb',
    (_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(50_000_000))),
    'fetch_too_large',
  ],
  [
    'a way inside',
    (_, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end(),
    'fetch_address',
  ],
  [
    'entities',
    (_, response) =>
      response.end(
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
      ),
    'no_feed_there',
  ],
  ['a page', (_, response) => response.end('<html><body>Maintenance</body></html>'), 'no_feed_there'],
  ['nothing', (_, response) => response.end(), 'no_feed_there'],
];
test.each(hostile)('%s does no harm', async (_, answer, error) => {
  serve([{ id: 'un' }]);
  await attach(yanis);
  site.answers.set(feed.path, answer);
  await poll();
  expect((await row()).last_error).toBe(error);
  expect(await titles()).toHaveLength(1);
});

test('odd posts land safely: dates to come, foreign letters, long keys, scripts', async () => {
  const soon = new Date(Date.now() + 86_400_000 * 400);
  const key = '𝕏é'.repeat(2_000);
  const posts: FeedPost[] = [
    { id: 'futur', date: soon.toUTCString() },
    { id: key, title: 'Longue clé' },
    { id: `${key}2`, title: 'Longue clé deux' },
    { id: 'script', text: '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;Reste' },
    { id: 'son', extra: '<enclosure url="https://a.example/x.mp3" length="abc" type=""/>' },
  ];
  const text = rssOf(site.url + feed.path, posts)
    .replace('UTF-8', 'ISO-8859-1')
    .replace('Texte de futur', 'Éléphant');
  site.answers.set(feed.path, (_, response) =>
    response
      .setHeader('content-type', 'text/xml; charset=iso-8859-1')
      .end(Buffer.from(text.replaceAll('𝕏', 'X'), 'latin1')),
  );
  const { report } = await attach(yanis);
  expect(report.posts.new).toBe(5);
  await poll();
  const { rows } = await sql<{
    title: string;
    html: string;
    body: string;
    ahead: boolean;
    enclosure: unknown;
  }>`select title, html, body,
    published_at > now() as ahead, enclosure from entries where author_id = ${yanis.id} and source_url like ${`${site.url}${feed.path}/%`}`.execute(
    db,
  );
  const byTitle = new Map(rows.map((each) => [each.title, each]));
  expect(rows.filter(({ ahead }) => ahead)).toEqual([]);
  expect(byTitle.get('futur')?.body).toBe('Éléphant');
  expect(byTitle.get('script')?.html).not.toMatch(/script|onerror/);
  expect(byTitle.get('son')?.enclosure).toMatchObject({ type: 'audio/mpeg', length: 0 });
});

test('a blog on a host that many share owns its own address, whoever comes first', async () => {
  const [mine, his] = ['/@yanis/feed', '/@intrus/feed.xml'];
  const items = [{ id: 'premier', text: 'Le premier billet.' }];
  for (const [path, title] of [
    [his, 'Volé'],
    [mine, 'Le mien'],
  ] as const) {
    const text = rssOf(`${site.url}/@yanis`, [{ ...items[0]!, title }]);
    site.answers.set(path, (_, response) => response.end(text));
  }
  const attachAs = async (actor: Actor, path: string) => {
    const found = await discoverFeed(site.url + path);
    return (await inTransaction(db, (tx) => attachBlog(tx, actor, found))).report.posts.new;
  };
  expect(await attachAs(nadia, his)).toBe(1);
  expect(await attachAs(yanis, mine)).toBe(1);
});

test.each([
  ['https://blog.example', 'https://blog.example/feed/', 'blog.example'],
  ['http://www.blog.example/', 'https://blog.example/?feed=rss2', 'blog.example'],
  ['https://x.blogspot.example/', 'https://x.blogspot.example/feeds/posts/default', 'x.blogspot.example'],
  ['https://host.example/blog', 'https://host.example/blog/index.xml', 'host.example/blog'],
  ['https://host.example/@victime', 'https://host.example/feed/@intrus', 'host.example/feed/@intrus'],
  ['https://host.example/@victime', 'https://host.example/@victime-2/feed', 'host.example/@victime-2/feed'],
  ['https://host.example/', 'https://host.example/~intrus/feed.xml', 'host.example/~intrus/feed.xml'],
  ['https://host.example/', 'https://host.example/?user=intrus', 'host.example?user=intrus'],
  ['https://other.example/', 'https://host.example/feed', 'host.example/feed'],
])('a feed that says it is of %s, found at %s, is known by %s', (url, feedUrl, origin) => {
  expect(originOfFeed({ title: '', url, authors: [], posts: [], skipped: [] }, feedUrl)).toBe(origin);
});

test('other people’s servers are asked for nobody without end', async () => {
  await inOneWindow(db);
  const address = (number: number) => `${site.url}/nulle-part/${number}`;
  const one = (number: number) => inTransaction(db, (tx) => attachAddress(tx, yanis, address(number)));
  for (let number = 0; number < 20; number++) await one(number);
  await expect(one(20)).rejects.toMatchObject({ code: 'too_many' });
  await expect(countAddress(db, yanis)).rejects.toMatchObject({ code: 'too_many' });
  await countAddress(db, nadia);
});
