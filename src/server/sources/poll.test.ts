import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { sourceSite } from '../../../tests/source-site.ts';
import { actorOf } from '../../../tests/world.ts';
import { markAllRead, markReading } from './mark.ts';
import { listReadings, readReading } from './readings.ts';
import { nextTurn } from './schedule.ts';
import { letSourceGo, ownSources } from './subscriptions.ts';

const { db, site, feed, serve, follow, poll, look, titles, source } = await sourceSite();
const yanis = await actorOf(db, 'yanis.belkacem');
const nadia = await actorOf(db, 'nadia.rahmani');

const recent = (hours: number) => new Date(Date.now() - hours * 3_600_000).toUTCString();

test('what a source holds is there at once, what comes out later arrives once, for each who follows', async () => {
  serve([{ id: 'un' }, { id: 'deux', date: recent(2) }]);
  const { id } = await follow(yanis, feed.path, { title: 'La concurrence' });
  await follow(nadia);
  expect(await titles(yanis)).toEqual(['deux', 'un']);
  serve([{ id: 'un' }, { id: 'deux', date: recent(2) }, { id: 'trois', date: recent(1) }]);
  const asked = site.asked.length;
  expect(await poll()).toMatchObject({ asked: 1, changed: 1, given: 2 });
  expect(await poll()).toMatchObject({ asked: 1, changed: 0, given: 0 });
  expect(site.asked.length - asked).toBe(2);
  for (const who of [yanis, nadia]) expect(await titles(who)).toEqual(['trois', 'deux', 'un']);
  expect(await ownSources(db, yanis)).toMatchObject([
    { id, title: 'La concurrence', unread: 2, waiting: false, error: null, siteUrl: site.url + feed.path },
  ]);
  expect(await ownSources(db, nadia)).toMatchObject([{ title: 'Carnet de route' }]);
  await expect(follow(yanis)).rejects.toMatchObject({ code: 'conflict', reason: 'source_known' });
});

test('what is unread stands in numbers that are always true', async () => {
  serve(['a', 'b', 'c'].map((id, hours) => ({ id, date: recent(hours) })));
  await follow(yanis);
  const { items } = await listReadings(db, yanis, {});
  const mark = (id: string, read: boolean) =>
    inTransaction(db, (tx) => markReading(tx, yanis, id, { read, kept: true }));
  await mark(items[0]!.id, true);
  await mark(items[0]!.id, true);
  const unread = async () => (await ownSources(db, yanis))[0]!.unread;
  expect(await unread()).toBe(2);
  await mark(items[0]!.id, false);
  expect(await unread()).toBe(3);
  await inTransaction(db, (tx) => markAllRead(tx, yanis, { upto: items[1]!.id }));
  expect([await unread(), await titles(yanis, {})]).toEqual([1, ['a']]);
  await expect(
    inTransaction(db, (tx) => markReading(tx, nadia, items[0]!.id, { read: true })),
  ).rejects.toMatchObject({ code: 'not_found' });
  await expect(readReading(db, nadia, items[0]!.id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await titles(yanis, { state: 'kept' })).toEqual(['a']);
  const { rows } = await sql<{ id: string }>`select id from subscriptions`.execute(db);
  await inTransaction(db, (tx) => letSourceGo(tx, yanis, rows[0]!.id));
  expect(await titles(yanis)).toEqual(['a']);
});

test('it asks conditionally, and is told when to come back', async () => {
  let status = 200;
  site.answers.set(feed.path, (request, response) => {
    if (status === 429) response.writeHead(429, { 'retry-after': String(30 * 3600) }).end();
    else if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
    else
      response
        .setHeader('etag', '"v1"')
        .end('<rss version="2.0"><channel><title>X</title><item><title>un</title></item></channel></rss>');
  });
  await follow(yanis);
  await poll();
  await poll();
  expect(site.asked.at(-1)?.headers['if-none-match']).toBe('"v1"');
  expect(await source()).toMatchObject({ failures: 0, last_error: null });
  status = 429;
  await poll();
  const limited = (await source())!;
  expect(limited).toMatchObject({ failures: 1, last_error: 'fetch_status' });
  expect(limited.next_poll_at.getTime() - Date.now()).toBeGreaterThan(29.9 * 3_600_000);
  expect(limited.next_poll_at.getTime() - Date.now()).toBeLessThan(32.2 * 3_600_000);
  expect((await ownSources(db, yanis))[0]!.error).toBeNull();
});

test('a source that stays away is asked later and later, and those who follow are told', async () => {
  serve([{ id: 'un' }]);
  await follow(yanis);
  site.answers.set(feed.path, (_, response) => response.writeHead(503).end());
  const waits: number[] = [];
  for (let time = 0; time < 3; time += 1) {
    await poll();
    waits.push(((await source())!.next_poll_at.getTime() - Date.now()) / 3_600_000);
  }
  expect(waits.map((hours, time) => hours > 2 ** (time + 1) - 0.1 && hours < 2 ** (time + 1) + 1.2)).toEqual([
    true,
    true,
    true,
  ]);
  expect((await ownSources(db, yanis))[0]!.error).toBeNull();
  await sql`update sources set failing_since = now() - interval '9 days'`.execute(db);
  await poll();
  const [told] = await ownSources(db, yanis);
  expect(told).toMatchObject({ title: 'Carnet de route', error: 'fetch_status' });
  // Since he follows, at most: what was before is not his to know.
  expect(told!.failingSince).toBe(told!.since);
  const asked = site.asked.length;
  expect(await poll()).toMatchObject({ asked: 0 });
  await look();
  expect(site.asked.length - asked).toBe(1);
  serve([{ id: 'un' }, { id: 'deux' }]);
  await follow(nadia);
  expect((await ownSources(db, yanis))[0]!.error).toBe('fetch_status');
  await look();
  expect((await ownSources(db, yanis))[0]).toMatchObject({ error: null, failingSince: null });
  expect((await titles(yanis)).sort()).toEqual(['deux', 'un']);
});

test('one that is gone for good is asked no more, and comes back to nobody because another found it', async () => {
  serve([{ id: 'un' }]);
  await follow(yanis);
  site.answers.set(feed.path, (_, response) => response.writeHead(410).end());
  await poll();
  const asked = site.asked.length;
  expect(await poll()).toMatchObject({ asked: 0 });
  expect(site.asked.length).toBe(asked);
  serve([{ id: 'un' }, { id: 'deux' }]);
  await follow(nadia);
  await poll();
  expect((await ownSources(db, yanis))[0]!.error).toBe('source_gone');
  expect(await titles(yanis)).toEqual(['un']);
  const { rows } = await sql<{
    days: number;
  }>`select round(extract(epoch from next_try_at - now()) / 86400)::int as days
    from subscriptions where source_id is null`.execute(db);
  expect(rows).toEqual([{ days: 30 }]);
  const [before] = await ownSources(db, yanis);
  expect(await follow(yanis)).toEqual({ id: before!.id, arrived: 1 });
  expect((await titles(yanis)).sort()).toEqual(['deux', 'un']);
});

test('one that moved for good is followed there; two that become one are read once', async () => {
  const there = `${feed.path}.new`;
  serve([{ id: 'un' }]);
  serve([{ id: 'un' }, { id: 'avant' }], there);
  await follow(yanis);
  await follow(nadia);
  await follow(nadia, there);
  serve([{ id: 'un' }, { id: 'deux' }], there);
  site.answers.set(feed.path, (_, response) => response.writeHead(301, { location: there }).end());
  await poll();
  await poll();
  expect(await source()).toMatchObject({ feed_url: site.url + feed.path });
  expect((await ownSources(db, yanis)).map(({ feedUrl }) => feedUrl)).toEqual([site.url + there]);
  expect((await ownSources(db, nadia)).map(({ feedUrl }) => feedUrl)).toEqual([site.url + there]);
  expect(await titles(yanis)).toEqual(['deux', 'un']);
  expect((await titles(nadia)).sort()).toEqual(['avant', 'deux', 'un']);
  serve([{ id: 'trois', date: recent(0) }], there);
  await poll();
  for (const who of [yanis, nadia]) expect(await titles(who)).toContain('trois');
});

test('a source has its own minute, whoever follows it and since when', () => {
  const now = new Date('2026-03-04T10:20:00Z');
  const turn = nextTurn('https://acme.example/feed', now);
  expect(turn.getTime()).toBeGreaterThan(now.getTime());
  expect(turn.getTime() - now.getTime()).toBeLessThan(3_700_000);
  expect(nextTurn('https://acme.example/feed', new Date(turn.getTime() - 1))).toEqual(turn);
  expect(nextTurn('https://norvalt.example/feed', now)).not.toEqual(turn);
  const quiet = nextTurn('https://acme.example/feed', now, { newestAt: new Date('2025-01-01') });
  expect(quiet.getTime() - now.getTime()).toBeLessThan(8.2 * 3_600_000);
});
