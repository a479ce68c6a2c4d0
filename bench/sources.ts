/** What reading sources costs: the reader opened over 100,000 items, and a round of questions to 1,000 feeds. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import type { Actor } from '#server/actor.ts';
import { inTransaction, type Db } from '#server/platform/db.ts';
import { markReading } from '#server/sources/mark.ts';
import { readerPlaces } from '#server/sources/places.ts';
import { pollSources, type Polled } from '#server/sources/poll.ts';
import { listReadings } from '#server/sources/readings.ts';
import { timesLine, timesOf, type Times } from './times.ts';

export interface SourcesSize {
  /** Of one person, of how many sources. */
  readings: number;
  sources: number;
  /** How many are asked, on how many servers, each followed by so many. */
  feeds: number;
  servers: number;
  followers: number;
}

export const SOURCES_FULL: SourcesSize = {
  readings: 100_000,
  sources: 500,
  feeds: 1_000,
  servers: 20,
  followers: 10,
};
export const SOURCES_SMALL: SourcesSize = {
  readings: 5_000,
  sources: 50,
  feeds: 60,
  servers: 6,
  followers: 3,
};

export interface Round extends Polled {
  seconds: number;
  /** How much more memory the process held than before, at its most. */
  memoryMb: number;
  /** Questions that came to the servers, and how many more would have, had each follower asked for himself. */
  requests: number;
  saved: number;
}

export interface SourcesMeasured {
  reader: { unread: Times; all: Times; source: Times; old: Times; mark: Times };
  /** New items everywhere; nothing new, told by 304. */
  news: Round;
  quiet: Round;
}

/** Measures both on a database that has people, for `actor`. What is built goes again. */
export async function measureSources(db: Db, actor: Actor, size: SourcesSize): Promise<SourcesMeasured> {
  try {
    await fillReader(db, actor, size);
    const reader = await measureReader(db, actor);
    await clear(db);
    return { reader, ...(await measurePolls(db, size)) };
  } finally {
    await clear(db);
  }
}

/** In words, a line each. */
export function describeSources({ reader, news, quiet }: SourcesMeasured, size: SourcesSize): string {
  const round = (name: string, { seconds, memoryMb, asked, changed, given, requests, saved }: Round) =>
    `  ${name}: ${asked} asked in ${seconds.toFixed(1)} s, ${changed} changed, ${given} readings, ` +
    `${memoryMb.toFixed(0)} MB more, ${requests} requests, ${saved} saved by sharing`;
  return [
    `Reader over ${size.readings} readings of ${size.sources} sources`,
    ...Object.entries(reader).map(([name, times]) => timesLine(name, times)),
    `A round of ${size.feeds} feeds on ${size.servers} servers, ${size.followers} followers each`,
    round('news everywhere', news),
    round('nothing new', quiet),
  ].join('\n');
}

async function fillReader(db: Db, actor: Actor, { readings, sources }: SourcesSize): Promise<void> {
  await sql`insert into sources (feed_url, host, title, next_poll_at)
    select 'https://bench.example/' || n, 'bench.example', 'Source ' || n, 'infinity'
    from generate_series(1, ${sources}::int) n`.execute(db);
  await sql`insert into subscriptions (person_id, source_id, address)
    select ${actor.id}, id, feed_url from sources where host = 'bench.example'`.execute(db);
  await sql`with mine as (select id, source_id, row_number() over (order by id) as turn from subscriptions
      where person_id = ${actor.id}),
    items as (insert into source_items (source_id, key, title, html, excerpt, url, digest, published_at)
      select source_id, n::text, 'Titre ' || n, repeat('<p>Un texte assez long.</p>', 60), repeat('Un extrait. ', 20),
        'https://bench.example/' || n, '', now() - make_interval(mins => n)
      from generate_series(1, ${readings}::int) n join mine on turn = 1 + n % ${sources}::int
      returning id, source_id, key, published_at)
    insert into readings (person_id, subscription_id, item_id, key, at, read_at)
    select ${actor.id}, mine.id, items.id, md5(items.key)::uuid, published_at,
      case when items.key::int % 4 = 0 then now() end
    from items join mine on mine.source_id = items.source_id`.execute(db);
  await sql`analyze readings, source_items, subscriptions, sources`.execute(db);
}

const TIMES = 100;

async function measureReader(db: Db, actor: Actor): Promise<SourcesMeasured['reader']> {
  const source = await db
    .selectFrom('subscriptions')
    .select('id')
    .where('person_id', '=', actor.id)
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{
    cursor: string;
  }>`select encode(convert_to(json_build_array(to_char(at at time zone 'utc',
      'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), id)::text, 'utf8'), 'base64') as cursor from readings
    where person_id = ${actor.id} order by at offset 100 limit 1`.execute(db);
  const cursor = rows[0]!.cursor
    .replaceAll('\n', '')
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  const open = (which: Parameters<typeof listReadings>[2]) =>
    timesOf(async () => {
      await Promise.all([listReadings(db, actor, which), readerPlaces(db, actor)]);
    }, TIMES);
  const { items } = await listReadings(db, actor, { limit: 100 });
  return {
    unread: await open({}),
    all: await open({ state: 'all' }),
    source: await open({ source: source.id }),
    old: await open({ state: 'all', cursor }),
    mark: await timesOf((turn) => {
      const { id } = items[turn % items.length]!;
      return inTransaction(db, (tx) => markReading(tx, actor, id, { read: turn % 2 === 0 }));
    }, TIMES),
  };
}

async function measurePolls(db: Db, size: SourcesSize): Promise<Pick<SourcesMeasured, 'news' | 'quiet'>> {
  const sites = await Promise.all(Array.from({ length: size.servers }, () => startSite()));
  try {
    const urls = Array.from({ length: size.feeds }, (_, n) => `${sites[n % sites.length]!.url}/${n}`);
    await sql`insert into sources (feed_url, host, next_poll_at)
      select url, split_part(url, '/', 3), now() - interval '1 hour' from unnest(${urls}::text[]) url`.execute(
      db,
    );
    await sql`insert into subscriptions (person_id, source_id, address)
      select p.id, s.id, s.feed_url from sources s, (select id from people where status = 'active' and role <> 'guest'
        order by id limit ${size.followers}::int) p`.execute(db);
    const allow = sites.map(({ host }) => host);
    const seen = () => sites.reduce((sum, site) => sum + site.requests(), 0);
    const news = await round(db, allow, size, seen);
    await sql`update sources set next_poll_at = now() - interval '1 hour'`.execute(db);
    return { news, quiet: await round(db, allow, size, seen) };
  } finally {
    for (const { server } of sites) server.close();
  }
}

async function round(
  db: Db,
  allow: string[],
  { feeds, followers }: SourcesSize,
  seen: () => number,
): Promise<Round> {
  const seenBefore = seen();
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
  const began = performance.now();
  const total: Polled = { asked: 0, changed: 0, given: 0 };
  try {
    // A run ends after a minute: the next one goes on.
    for (let run = await poll(db, allow); run.asked > 0; run = await poll(db, allow)) {
      total.asked += run.asked;
      total.changed += run.changed;
      total.given += run.given;
    }
  } finally {
    clearInterval(watch);
  }
  const seconds = (performance.now() - began) / 1000;
  const requests = seen() - seenBefore;
  const saved = feeds * followers - requests;
  return { ...total, seconds, memoryMb: (most - before) / 1_048_576, requests, saved };
}

function poll(db: Db, allow: string[]): Promise<Polled> {
  return pollSources(db, { gapMs: 0, fetch: { allow } });
}

interface Site {
  server: Server;
  url: string;
  host: string;
  requests(): number;
}

async function startSite(): Promise<Site> {
  const item = (
    n: number,
  ) => `<item><title>Titre ${n}</title><link>https://bench.example/${n}</link><guid>${n}</guid>
    <pubDate>${new Date(Date.now() - n * 3_600_000).toUTCString()}</pubDate>
    <description>&lt;p&gt;${'Un texte assez long. '.repeat(40)}&lt;/p&gt;</description></item>`;
  const items = Array.from({ length: 10 }, (_, n) => item(n)).join('');
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    if (request.headers['if-none-match']) return void response.writeHead(304).end();
    response
      .setHeader('etag', '"one"')
      .end(`<rss version="2.0"><channel><title>Flux ${request.url}</title>${items}</channel></rss>`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, host, url: `http://${host}`, requests: () => requests };
}

async function clear(db: Db): Promise<void> {
  await sql`truncate readings, subscriptions, source_items, sources cascade`.execute(db);
}
