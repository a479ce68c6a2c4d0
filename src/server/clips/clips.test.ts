import { readdirSync, readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { keepClip } from '#server/desk/keep.ts';
import { readItem } from '#server/desk/read.ts';
import { inTransaction } from '#server/platform/db.ts';
import { searchOwn } from '#server/search/own.ts';
import { testDatabase } from '../../../tests/database.ts';
import { startFeedServer } from '../../../tests/feed-server.ts';
import { actorOf } from '../../../tests/world.ts';
import { readAgain } from './again.ts';
import { lookAtPage } from './look.ts';
import { readPages } from './read.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');
const site = await startFeedServer();
afterAll(() => site.close());

let count = 0;
function serve(html: string | Buffer, type = 'text/html; charset=utf-8', status = 200): string {
  const path = `/page-${(count += 1)}`;
  site.answers.set(path, (_, response) => response.writeHead(status, { 'content-type': type }).end(html));
  return site.url + path;
}

async function clip(url: string, more: object = {}) {
  const { id } = await inTransaction(db, (tx) => keepClip(tx, helene, { url, ...more }));
  await readPages(db, { gapMs: 0 });
  return readItem(db, helene, id);
}

const prose = 'La maison Norvalt augmente ses prix de quatre pour cent au premier janvier, dit-elle. '.repeat(
  12,
);
const article = (
  inside = '',
  head = '',
) => `<!doctype html><html lang="fr-FR"><head><title>Le titre | Le Journal</title>
  <meta property="og:title" content="Norvalt relève ses tarifs"><meta property="og:site_name" content="Le Journal">
  <meta name="author" content="par Anne Duval"><meta property="article:published_time" content="2026-03-04T08:00:00Z">
  <meta name="description" content="Quatre pour cent de plus."> ${head}</head>
  <body><nav><a href="/">Accueil</a></nav><article><h1>Norvalt relève ses tarifs</h1><h2>En janvier</h2><p>${prose}</p>
  <p>Voir <a href="/suite?a=1" onclick="alert(1)">la suite</a>.</p>${inside}<p>${prose}</p></article>
  <footer>Mentions légales</footer></body></html>`;

test('a page is read: title, author, date, language, its text; found by its words, and readable when it is gone', async () => {
  const url = serve(article());
  const kept = await clip(url, { body: 'À surveiller' });
  expect(kept).toMatchObject({
    title: 'Norvalt relève ses tarifs',
    ...{ author: 'Anne Duval', site: 'Le Journal', language: 'fr', summary: 'Quatre pour cent de plus.' },
    ...{ publishedAt: '2026-03-04T08:00:00.000Z', page: 'ready', failure: null, body: 'À surveiller' },
  });
  expect(kept.kept!.html).toContain(`<a href="${site.url}/suite?a=1" rel="noopener nofollow">la suite</a>`);
  expect(kept.kept!.html).not.toMatch(/Accueil|Mentions|onclick|<h[12]|<div/);
  expect((await searchOwn(db, helene, { q: 'maison norvalt augmente' })).items.map(({ id }) => id)).toContain(
    kept.id,
  );
  expect((await searchOwn(db, nadia, { q: 'maison norvalt augmente' })).items).toEqual([]);

  site.answers.delete(new URL(url).pathname);
  await inTransaction(db, (tx) => readAgain(tx, helene, kept.id));
  await readPages(db, { gapMs: 0 });
  expect(await readItem(db, helene, kept.id)).toMatchObject({
    page: 'failed',
    failure: 'absent',
    kept: { html: kept.kept!.html },
  });
});

test('what its reader called it stays', async () => {
  expect(await clip(serve(article()), { title: 'Mon titre' })).toMatchObject({
    title: 'Mon titre',
    author: 'Anne Duval',
  });
});

test('the picture is kept here, as a file that is its owner’s alone', async () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const picture = serve(png, 'image/png');
  const kept = await clip(
    serve(article('<img src="/espion.png">', `<meta property="og:image" content="${picture}">`)),
  );
  expect(kept.picture).toMatch(/^\/files\//);
  expect(kept.kept!.html).not.toContain('<img');
  const { rows } = await sql<{
    owner_id: string;
  }>`select owner_id from files where '/files/' || id = ${kept.picture}`.execute(db);
  expect(rows).toEqual([{ owner_id: helene.id }]);
});

test('old charsets are read', async () => {
  const latin = Buffer.from(
    article().replace('utf-8', 'iso-8859-1').replaceAll('relève', 'relève'),
    'latin1',
  );
  expect((await clip(serve(latin, 'text/html; charset=iso-8859-1'))).title).toBe('Norvalt relève ses tarifs');
});

describe('a page that is no help', () => {
  test.each([
    ['absent', () => serve('Rien', 'text/html', 404), 'absent'],
    ['shut', () => serve('Payez', 'text/html', 403), 'refused'],
    ['no page', () => serve('%PDF-1.7', 'application/pdf'), 'not_html'],
    ['empty', () => serve('<title>Vide</title><p>Oui</p>'), 'empty'],
    ['too large', () => serve('x'.repeat(6_100_000)), 'too_large'],
    ['private', () => 'http://10.0.0.1/secret', 'address'],
    ['inside our own network, by a redirect', () => leads('http://169.254.169.254/latest'), 'address'],
  ])('%s: it says so', async (_, url, failure) => {
    expect(await clip(url())).toMatchObject({ page: 'failed', failure });
  });

  test('and does not answer: it is tried again later, not at once', async () => {
    const kept = await clip(serve('Plus tard', 'text/html', 503));
    expect(kept).toMatchObject({ page: 'waiting', failure: null });
  });
});

function leads(to: string): string {
  site.answers.set('/leads', (_, response) => response.writeHead(302, { location: to }).end());
  return `${site.url}/leads`;
}

describe('a hostile page', () => {
  test('says nothing but words', async () => {
    const kept = await clip(
      serve(
        article(
          `<script>alert(1)</script><p style="position:fixed" id="you" onmouseover="alert(2)">Un <b>mot</b>
          <a href="javascript:alert(3)">clic</a> <a href="data:text/html,x">encore</a> ${prose}</p>
          <form action="/sign-out" method="POST"><button>Sortir</button></form><svg onload="alert(4)"></svg><iframe src="//x"></iframe>
          <math><mtext></mtext><mglyph><style><img src=x onerror=alert(5)></style></mglyph></math>`,
        ).replace('Norvalt relève ses tarifs"', '&lt;script&gt; \u202egnp.exe"'),
      ),
    );
    expect(kept.title).not.toMatch(/[\u202e]/);
    expect(kept.kept!.html).toContain('mot');
    expect(kept.kept!.html).not.toMatch(
      /<(script|style|form|button|svg|iframe|img|math)|\son\w+=|style=|id=|javascript:|data:/i,
    );
  });

  test('does not take the address of another’s', async () => {
    const url = serve(article('', '<link rel="canonical" href="https://banque.example/compte">'));
    const { id } = await clip(url);
    const { rows } = await sql<{
      canonical_url: string;
    }>`select canonical_url from desk_items where id = ${id}`.execute(db);
    expect(rows[0]!.canonical_url).not.toContain('banque');
  });

  test.each([
    ['nested without end', `<article>${'<div>'.repeat(200_000)}`],
    ['full of elements', `<article>${'<p>a</p>'.repeat(300_000)}`],
    ['never closed', `<title>x</title><script>${'<'.repeat(2_000_000)}`],
    ['one enormous table', `<table>${'<tr><td><table>'.repeat(20_000)}`],
  ])('%s: the thread is ended, and the process goes on', async (_, html) => {
    const began = performance.now();
    await lookAtPage(new TextEncoder().encode(html), 'text/html', 'https://exemple.fr/');
    expect(performance.now() - began).toBeLessThan(60_000);
  });
});

const blogs = '/work/shared/data/feeds';
test.skipIf(!isThere(blogs))(
  'pages and feeds that others wrote are read or refused, never more',
  async () => {
    const pages = readdirSync(blogs, { recursive: true })
      .map((name) => `${blogs}/${String(name)}`)
      .filter((name) => name.endsWith('.html'))
      .slice(0, 12);
    for (const page of pages) {
      const read = await lookAtPage(readFileSync(page), 'text/html', 'https://exemple.fr/article');
      if (read?.page) expect(read.page.html).not.toMatch(/<script|javascript:/i);
    }
  },
);

function isThere(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}
