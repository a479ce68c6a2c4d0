import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { discoverFeed } from '#server/syndication/discover.ts';
import { rssOf, startFeedServer } from '../../../tests/feed-server.ts';
import { BRIEF, sourceSite } from '../../../tests/source-site.ts';
import { actorOf } from '../../../tests/world.ts';
import { followAddress, followFound } from './follow.ts';
import { pollSources, type Polled } from './poll.ts';
import { listReadings, readReading } from './readings.ts';

const { db, site, feed, serve, follow, poll, look, titles, source } = await sourceSite();
const yanis = await actorOf(db, 'yanis.belkacem');

/** What follows is answered by a good feed first, which somebody follows. */
async function followed(): Promise<void> {
  serve([{ id: 'un' }]);
  await follow(yanis);
}

describe('a source that turned bad costs its turn, keeps what was there, and holds nobody up', () => {
  test.each([
    [
      'an endless body',
      'fetch_too_large',
      () =>
        site.answers.set(feed.path, (_, response) => {
          const pour = () => {
            while (response.write(Buffer.alloc(65_536, ' ')));
            response.once('drain', pour);
          };
          pour();
        }),
    ],
    [
      'a slow drip',
      'fetch_timeout',
      () =>
        site.answers.set(feed.path, (_, response) => {
          const drip = setInterval(() => response.write(' '), 50);
          response.on('close', () => clearInterval(drip));
        }),
    ],
    ['silence', 'fetch_timeout', () => site.answers.set(feed.path, () => undefined)],
    [
      'a circle of redirects',
      'fetch_redirects',
      () =>
        site.answers.set(feed.path, (_, response) => response.writeHead(302, { location: feed.path }).end()),
    ],
    [
      'a bomb in gzip',
      'fetch_too_large',
      () => {
        const bomb = gzipSync(Buffer.alloc(40_000_000, ' '));
        site.answers.set(feed.path, (_, response) =>
          response.setHeader('content-encoding', 'gzip').end(bomb),
        );
      },
    ],
    [
      'a page in its place',
      'no_feed_there',
      () => site.answers.set(feed.path, (_, response) => response.end('<!doctype html><html><body>Parti')),
    ],
    [
      'entities of its own',
      'no_feed_there',
      () =>
        site.answers.set(feed.path, (_, response) =>
          response.end(
            '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title></channel></rss>',
          ),
        ),
    ],
    [
      'a broken connection',
      'fetch_network',
      () => site.answers.set(feed.path, (request) => request.socket.destroy()),
    ],
  ])('%s', async (_, error, spoil) => {
    await followed();
    spoil();
    expect(await poll()).toMatchObject({ asked: 1, changed: 0 });
    expect(await source()).toMatchObject({ last_error: error, failures: 1, asked_until: null });
    expect(await titles(yanis)).toEqual(['un']);
    serve([{ id: 'un' }, { id: 'deux' }]);
    await poll();
    expect(await source()).toMatchObject({ last_error: null, failures: 0, failing_since: null });
    expect(await titles(yanis)).toEqual(['deux', 'un']);
  });
});

/** A server on loopback that the operator has not allowed. */
async function startInside() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(rssOf('http://inside.test', [{ id: 'secret' }]));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { asked, port: (server.address() as AddressInfo).port, close: () => server.close() };
}

describe('no packet reaches what is not on the public internet', () => {
  test.each([
    ['link-local', 'http://169.254.169.254/latest/meta-data/'],
    ['loopback, mapped into IPv6', 'http://[::ffff:127.0.0.1]:PORT/'],
    ['loopback, as a number', 'http://2130706433:PORT/'],
    ['loopback by name', 'http://localhost:PORT/'],
    ['another scheme', 'file:///etc/passwd'],
  ])('not by a redirect to %s', async (_, target) => {
    const inside = await startInside();
    try {
      await followed();
      const location = target.replace('PORT', String(inside.port));
      for (const status of [301, 302]) {
        site.answers.set(feed.path, (__, response) => response.writeHead(status, { location }).end());
        await poll();
        const { last_error: error, feed_url: url } = (await source())!;
        expect(error).toMatch(/^fetch_(address|scheme)$/);
        expect(url).toBe(site.url + feed.path);
      }
      expect(inside.asked).toHaveLength(0);
    } finally {
      inside.close();
    }
  });

  test('not by an address that somebody types, nor by one that a page names', async () => {
    const inside = await startInside();
    try {
      const { port } = inside;
      site.answers.set('/page', (_, response) =>
        response
          .setHeader('content-type', 'text/html')
          .end(`<link rel=alternate type="application/rss+xml" href="http://[::ffff:7f00:1]:${port}/feed">`),
      );
      await expect(discoverFeed(`${site.url}/page`)).rejects.toMatchObject({ code: 'invalid' });
      await inTransaction(db, (tx) => followAddress(tx, yanis, { url: `http://localhost:${port}/feed` }));
      await look();
      const waiting = await db.selectFrom('subscriptions').selectAll().executeTakeFirstOrThrow();
      expect(waiting).toMatchObject({ source_id: null, error: 'fetch_address', attempts: 1 });
      expect(inside.asked).toHaveLength(0);
    } finally {
      inside.close();
    }
  });

  test('not by a name that answers otherwise the second time', async () => {
    await followed();
    const { port } = new URL(site.url);
    await db
      .updateTable('sources')
      .set({ feed_url: `http://rebind.test:${port}${feed.path}` })
      .execute();
    const asked = site.asked.length;
    let times = 0;
    // Asked once for each connection: what was judged is what is connected to, and there is no second answer to change.
    const lookup = () => {
      times += 1;
      return Promise.resolve([{ address: times === 1 ? '192.0.2.1' : '127.0.0.1', family: 4 }]);
    };
    const again = { ...BRIEF, fetch: { ...BRIEF.fetch, lookup } };
    await poll(again);
    await poll(again);
    expect(site.asked.length).toBe(asked);
    expect(times).toBe(2);
    const { last_error: error } = await db.selectFrom('sources').selectAll().executeTakeFirstOrThrow();
    expect(error).toBe('fetch_address');
  });
});

test('one slow server keeps no other waiting, and is not asked for all that it has', async () => {
  const slow = await startFeedServer();
  try {
    for (const number of [1, 2, 3]) {
      slow.answers.set(`/${number}`, (_, response) => response.end(rssOf(slow.url, [{ id: `s${number}` }])));
      const found = await discoverFeed(`${slow.url}/${number}`);
      await inTransaction(db, (tx) => followFound(tx, yanis, found));
    }
    await followed();
    for (const number of [1, 2, 3]) slow.answers.set(`/${number}`, () => undefined);
    const asked = slow.asked.length;
    serve([{ id: 'un' }, { id: 'deux' }]);
    await poll();
    expect(slow.asked.length - asked).toBe(1);
    expect(await titles(yanis)).toContain('deux');
    const failed = await db.selectFrom('sources').select('failures').where('failures', '>', 0).execute();
    expect(failed).toHaveLength(1);
  } finally {
    await slow.close();
  }
});

test('two processes that poll at once ask each source once', async () => {
  for (let number = 0; number < 8; number += 1) {
    serve([{ id: `x${number}` }], `${feed.path}.${number}`);
    await follow(yanis, `${feed.path}.${number}`);
  }
  await db
    .updateTable('sources')
    .set({ next_poll_at: new Date(Date.now() - 60_000) })
    .execute();
  const asked = site.asked.length;
  const runs: Polled[] = await Promise.all([
    pollSources(db, BRIEF),
    pollSources(db, BRIEF),
    pollSources(db, BRIEF),
  ]);
  expect(runs.reduce((sum, run) => sum + run.asked, 0)).toBe(8);
  expect(site.asked.length - asked).toBe(8);
});

test('a wrong charset, dates to come, and what would run or tell who reads', async () => {
  const xml = rssOf(site.url, [
    {
      id: 'été',
      date: 'Fri, 01 Jan 2100 00:00:00 GMT',
      text: '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src="https://suit.example/pixel.gif" alt="Courbe"&gt;&lt;a href="javascript:alert(1)"&gt;ici&lt;/a&gt;',
    },
  ]).replace('encoding="UTF-8"', 'encoding="utf-8"');
  const bytes = Buffer.from(xml, 'latin1');
  site.answers.set(feed.path, (_, response) =>
    response.setHeader('content-type', 'application/rss+xml; charset=utf-8').end(bytes),
  );
  await follow(yanis);
  const { items } = await listReadings(db, yanis, { state: 'all' });
  expect(items.map(({ title }) => title)).toEqual(['été']);
  expect(Date.parse(items[0]!.at)).toBeLessThanOrEqual(Date.now());
  const { html } = await readReading(db, yanis, items[0]!.id);
  expect(html).toContain('Courbe');
  expect(html).not.toMatch(/<script|<img|javascript:|suit\.example/);
});

test('a page of links that never end is read in no time', async () => {
  site.answers.set('/links', (_, response) =>
    response.setHeader('content-type', 'text/html').end('<link '.repeat(80_000)),
  );
  const before = process.cpuUsage();
  await expect(discoverFeed(`${site.url}/links`)).rejects.toMatchObject({ code: 'invalid' });
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1500);
});

test('an item with signs that no database keeps does not cost those beside it', async () => {
  const bad = 'a\u0000\ud800';
  const items = [
    { id: 'x', title: `${bad}b`, attachments: [{ url: 'https://x.example/a.mp3', mime_type: bad }] },
    { id: 'y', title: 'Bon' },
  ];
  const text = JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: bad, items });
  site.answers.set(feed.path, (_, response) =>
    response.setHeader('content-type', 'application/json').end(text),
  );
  await follow(yanis);
  expect((await titles(yanis)).sort()).toEqual(['Bon', 'a\ufffdb']);
});
