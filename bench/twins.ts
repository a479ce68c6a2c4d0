/**
 * node bench/twins.ts: what likeness costs among 100,000 texts, and a dossier of two watches of 5,000 clips. Its own
 * database, filled by chance; the words come as often as words do.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { dossierThings } from '#server/dossiers/things.ts';
import { foundDossier } from '#server/dossiers/found.ts';
import { readDossier } from '#server/dossiers/read.ts';
import type { Actor } from '#server/actor.ts';
import { inTransaction, openDatabase, type Db } from '#server/platform/db.ts';
import { migrate } from '#server/platform/migrate.ts';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';
import { alreadyThere } from '#server/twins/existing.ts';
import { sketchTexts } from '#server/twins/sketch.ts';
import { twinsOf } from '#server/twins/twins.ts';

const PEOPLE = 200;
const WATCHES = 1_000;
const CLIPS = 5_000;
const QUESTIONS = 300;

const { values: asked } = parseArgs({ options: { texts: { type: 'string', default: '100000' } } });
const folder = mkdtempSync(join(tmpdir(), 'essaim-twins-'));
const embedded = await startEmbedded({ dataDir: folder });
try {
  await migrate(embedded.url, join(import.meta.dirname, '..', 'migrations'));
  const { db, close } = openDatabase(embedded.url, 4);
  await measure(db, Number(asked.texts)).finally(close);
} finally {
  await embedded.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(db: Db, texts: number): Promise<void> {
  const began = performance.now();
  const actor = await fill(db, texts);
  const drawn = performance.now();
  await sketchTexts(db);
  await sql`analyze`.execute(db);
  const sketched = performance.now();
  console.log(`${texts} texts laid in ${seconds(drawn - began)}, drawn in ${seconds(sketched - drawn)}`);
  const { rows: near } = await sql<{
    title: string;
    body: string;
  }>`select title, left(body, 200) as body from entries
    order by md5(id::text) limit ${QUESTIONS}`.execute(db);
  report(
    'what is there already',
    await timed(near, ({ title, body }) => alreadyThere(db, actor, { title, body })),
    100,
  );
  const { rows: own } = await sql<{
    id: string;
  }>`select id from watches where owner_id = ${actor.id}`.execute(db);
  const questions = Array.from({ length: 60 }, (_, at) => own[at % own.length]!);
  report('twins of a watch', await timed(questions, ({ id }) => twinsOf(db, actor, id)), 100);
  const large = own.slice(0, 2).map(({ id }) => id);
  const { id } = await inTransaction(db, (tx) =>
    foundDossier(tx, actor, { name: 'Norvalt', community: 'ouverte', watches: large }),
  );
  const merges = Array.from({ length: 10 }, () => id);
  report(
    `two watches of ${CLIPS} clips made one`,
    await timed(merges, (each) => readDossier(db, actor, each)),
    2_000,
  );
  report('and its first page', await timed(merges, (each) => dossierThings(db, actor, each)), 2_000);
}

async function timed<T>(questions: readonly T[], ask: (question: T) => Promise<unknown>): Promise<number[]> {
  for (const question of questions.slice(0, 10)) await ask(question);
  const times: number[] = [];
  for (const question of questions) {
    const started = performance.now();
    await ask(question);
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
}

function report(what: string, times: readonly number[], promised: number): void {
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const reached = at(0.95) <= promised;
  console.log(
    `${what}: p50 ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms (promised ${promised}) ${reached ? 'reached' : 'MISSED'}`,
  );
  if (!reached) process.exitCode = 1;
}

/** One open community and a closed one, 1,000 shared watches; the first two of the one who asks hold 5,000 clips each. */
async function fill(db: Db, texts: number): Promise<Actor> {
  await sql`insert into people (handle, name, role) select 'p' || n, 'Personne ' || n, 'member'
    from generate_series(1, ${PEOPLE}::int) n`.execute(db);
  await sql`insert into communities (slug, name, access) values ('ouverte', 'Ouverte', 'open'), ('fermee', 'Fermée', 'closed')`.execute(
    db,
  );
  await sql`insert into memberships (community_id, person_id) select c.id, p.id from communities c, people p
    where c.open or p.handle < 'p5'`.execute(db);
  // Words by Zipf's law, of syllables; every company has a word that stands everywhere.
  await sql`create function pg_temp.word(n int) returns text language sql immutable as $$
    select case when n = 1 then 'norvalt' else
      (array['ba','cor','di','fel','gu','lin','mo','nar','pe','ros','tu','vil'])[1 + n % 12]
      || (array['ta','re','mi','lo','su','ven','pal','gri'])[1 + n / 12 % 8]
      || (array['x','tion','ment','eur','age','ique','al','ose','ier'])[1 + n / 96 % 9]
      || case when n > 864 then (array['a','e','i','o','u','ou'])[1 + n / 864 % 6] else '' end end $$`.execute(
    db,
  );
  await sql`create function pg_temp.words(count int, seed int) returns text language sql volatile as $$
    select string_agg(pg_temp.word(floor(power(5000, random()) + 0 * (g + seed))::int), ' ')
      from generate_series(1, count) g $$`.execute(db);
  const clips = sql`generate_series(1, 20)`;
  await sql`insert into entries (author_id, community_id, everyone, title, body, html, status, published_at)
    select p.id, case when n % 3 = 0 then null when n % 3 = 1 then o.id else f.id end, n % 3 <> 2,
      initcap(pg_temp.words(8, n)), pg_temp.words(80, n), '', 'published', now()
    from generate_series(1, ${texts - WATCHES * 20}::int) n join people p on p.handle = 'p' || (1 + n % ${PEOPLE}::int)
      join communities o on o.slug = 'ouverte' join communities f on f.slug = 'fermee'`.execute(db);
  await sql`insert into watches (owner_id, name, community_id, everyone, shared_at)
    select p.id, initcap(pg_temp.words(2, n)) || ' ' || n, c.id, true, now()
    from generate_series(1, ${WATCHES}::int) n join people p on p.handle = 'p' || (1 + n % ${PEOPLE}::int)
      join communities c on c.slug = 'ouverte'`.execute(db);
  await sql`insert into desk_items (owner_id, finder_id, watch_id, kind, title, summary, url, canonical_url, shared_at)
    select owner_id, owner_id, id, 'clip', pg_temp.words(8, n), pg_temp.words(60, n), u, u, now()
    from watches cross join ${clips} n cross join lateral
      (select 'https://site' || n % 40 || '.example/' || id || '/' || n as u) address`.execute(db);
  const { rows } =
    await sql<Actor>`select id, handle, name, role, language, time_zone as "timeZone" from people
    where handle = 'p1'`.execute(db);
  const actor = { ...rows[0]!, scopes: ['read', 'write', 'admin'] } as Actor;
  await sql`insert into desk_items (owner_id, finder_id, watch_id, kind, title, summary, url, canonical_url, shared_at)
    select w.owner_id, w.owner_id, w.id, 'clip', pg_temp.words(8, n), pg_temp.words(60, n), u, u, now()
    from (select *, row_number() over (order by id) as place from watches where owner_id = ${actor.id}) w
      cross join generate_series(1, ${CLIPS - 20}::int) n
      cross join lateral (select 'https://site' || n % 97 || '.example/' || (w.place * 2500 + n) || '/' || w.place as u) a
    where w.place <= 2`.execute(db);
  return actor;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
