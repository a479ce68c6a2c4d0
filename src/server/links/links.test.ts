import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { addComment } from '#server/conversation/comment.ts';
import { threadsOf } from '#server/conversation/thread.ts';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { readPost } from '#server/posts/read.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { startFeedServer } from '../../../tests/feed-server.ts';
import { actorOf } from '../../../tests/world.ts';
import { readCard } from './card.ts';
import { fetchCards } from './fetch.ts';
import { withCards } from './read.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');
const guest = await actorOf(db, 'pierre.alonzo');
const site = await startFeedServer();
afterAll(() => site.close());

function serve(path: string, html: string, type = 'text/html; charset=utf-8'): string {
  site.answers.set(path, (_, response) => response.setHeader('content-type', type).end(html));
  return site.url + path;
}

const publish = async (body: string, status: 'published' | 'draft' = 'published') => {
  const { id } = await inTransaction(db, (tx) => createPost(tx, helene, { body, status }));
  await unfoldAll();
  return id;
};
const unfoldAll = async () => {
  await drawAll(db);
  await fetchCards(db);
};
const pageOf = async (id: string) => {
  const [post, threads] = await Promise.all([readPost(db, nadia, id), threadsOf(db, nadia, id, {})]);
  return withCards(db, post, threads);
};
const head = (inside: string) =>
  `<!doctype html><html><head>${inside}</head><body><p>Corps</p></body></html>`;

test('a link alone in its paragraph unfolds, in a post and in a comment; others stay links', async () => {
  const url = serve(
    '/article?a=1&b=2',
    head(`<title>Autre</title><meta property="og:title" content="La pompe &amp; l’eau">
      <meta property="og:site_name" content="Le Journal"><meta name="description" content="Deux mots.">`),
  );
  const id = await publish(`Lisez ${url} et\n\n${url}\n\nVoilà.`);
  await inTransaction(db, (tx) => addComment(tx, nadia, { entryId: id, body: url }));
  await unfoldAll();
  const { post, threads } = await pageOf(id);
  expect(post.html.match(/link-card/g)).toHaveLength(1);
  expect(post.html).toContain('La pompe &amp; l’eau');
  expect(post.html).toContain('Le Journal');
  expect(post.html).toContain(new URL(url).host);
  expect(threads.items[0]!.html).toContain('Deux mots.');
  expect((await readPost(db, nadia, id)).html).not.toContain('link-card');
});

test('each text asks for itself once; a draft asks nothing', async () => {
  const url = serve('/once', head('<title>Une fois</title>'));
  const asked = () => site.asked.filter((request) => request.url === '/once').length;
  await publish(url, 'draft');
  expect(asked()).toBe(0);
  await publish(`${url}\n\n${url}`);
  await unfoldAll();
  expect(asked()).toBe(1);
});

test('what a guest links is not asked for inside the house', async () => {
  const url = serve('/inside', head('<title>Intranet</title>'));
  await inTransaction(db, (tx) =>
    createPost(tx, guest, { body: url, community: 'vigie', status: 'published' }),
  );
  await unfoldAll();
  expect(site.asked.filter((request) => request.url === '/inside')).toEqual([]);
});

describe('a hostile page', () => {
  test('says nothing but words', async () => {
    const url = serve(
      '/script',
      head(`<meta property="og:title" content="&lt;img src=x onerror=alert(1)&gt; \u202egnp.exe">
        <meta property="og:description" content='"></a><script>alert(1)</script>'>
        <meta property="og:site_name" content="banque.example &lt;b&gt;">`),
    );
    const { post } = await pageOf(await publish(url));
    expect(post.html).toContain('&lt;img src=x onerror=alert(1)&gt; gnp.exe');
    expect(post.html).not.toMatch(/<img|<script|<b>|\u202e/);
    expect(post.html).toContain(new URL(url).host);
  });

  test.each([
    ['never ends its head', `<title>Long</title>${'<meta name="a">'.repeat(60_000)}`],
    ['is nested without end', `<title>Profond</title>${'<div>'.repeat(100_000)}`],
    ['never closes a script', `<title>Court</title><script>${'<'.repeat(200_000)}`],
  ])('%s, and is still read in time', (_, html) => {
    const began = process.cpuUsage();
    expect(readCard(new TextEncoder().encode(html), 'text/html')?.title).toMatch(/^(Long|Profond|Court)$/);
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(5_000);
  });

  test('is too large, not HTML, or without a title: it stays a link', async () => {
    const urls = [
      serve('/large', head(`<title>Gros</title>${'x'.repeat(3_100_000)}`)),
      serve('/pdf', head('<title>Non</title>'), 'application/pdf'),
      serve('/untitled', head('<meta name="description" content="Sans titre">')),
    ];
    const id = await publish(urls.join('\n\n'));
    const { post } = await pageOf(id);
    expect(post.html).not.toContain('link-card');
    const states = await db.selectFrom('link_cards').select('state').where('entry_id', '=', id).execute();
    expect(states.map(({ state }) => state)).toEqual(['nothing', 'nothing', 'nothing']);
  });

  test('stands at a private address, or leads to one: it is never asked', async () => {
    const inner = 'http://127.0.0.2:9/secret';
    site.answers.set('/leads', (_, response) => response.writeHead(302, { location: inner }).end());
    const id = await publish(
      [inner, 'http://localhost:9/x', 'http://[::1]:9/', `${site.url}/leads`].join('\n\n'),
    );
    const { post } = await pageOf(id);
    expect(post.html).not.toContain('link-card');
  });
});

test('one that does not answer is tried three times, then left alone', async () => {
  const url = `${site.url}/away`;
  site.answers.set('/away', (_, response) => response.writeHead(503).end());
  const id = await publish(url);
  const state = async () =>
    await db
      .selectFrom('link_cards')
      .select(['state', 'attempts'])
      .where('entry_id', '=', id)
      .executeTakeFirstOrThrow();
  expect(await state()).toEqual({ state: 'waiting', attempts: 1 });
  for (const attempts of [2, 3]) {
    await sql`update link_cards set next_try_at = now() - interval '1 second' where entry_id = ${id}`.execute(
      db,
    );
    await fetchCards(db);
    expect(await state()).toMatchObject({ attempts });
  }
  expect(await state()).toMatchObject({ state: 'nothing' });
});
