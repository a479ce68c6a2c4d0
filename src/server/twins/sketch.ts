import { sql, type RawBuilder } from 'kysely';
import { fingerprintOf } from '../platform/likeness/fingerprint.ts';
import { termsOf } from '../platform/likeness/terms.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import type { StoredEvent } from '../platform/event-stream.ts';
import { ringFor } from '../platform/jobs.ts';

export const SKETCH_TEXTS = 'sketch_texts';

/** How many terms stand for a text. */
export const TERMS = 16;
const AT_ONCE = 200;
const LONGEST = 6_000;

interface Waiting {
  id: string;
  title: string;
  text: string;
  community_id: string | null;
  /** Which version this is. */
  version: Date | null;
}

/** Texts came out, changed or were shared, or are shared no more: they wait to be drawn, or forgotten. */
export async function noteTexts(tx: Tx, events: StoredEvent[]): Promise<void> {
  const ids = [...new Set(events.map(({ subject_id }) => subject_id))];
  await sql`insert into texts_waiting select unnest(${ids}::uuid[])
    union select i.id from desk_items i where i.watch_id = any(${ids}::uuid[]) and i.deleted_at is null
      and (i.shared_at is not null or exists (select 1 from item_sketches s where s.item_id = i.id))
    on conflict do nothing`.execute(tx);
  await ringFor(tx, SKETCH_TEXTS);
}

/** Draws what waits. Killed in between, it goes on at the next time. */
export async function sketchWaiting(db: Db): Promise<void> {
  while (await inTransaction(db, drawSome));
}

async function drawSome(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{
    id: string;
  }>`delete from texts_waiting where id in (select id from texts_waiting
    order by id limit ${AT_ONCE} for update skip locked) returning id`.execute(tx);
  if (rows.length === 0) return false;
  const ids = sql`any(${rows.map(({ id }) => id)}::uuid[])`;
  await forgetUnshared(tx, sql`s.item_id = ${ids}`);
  await sketchEntries(tx, sql`e.id = ${ids}`);
  await sketchItems(tx, sql`i.id = ${ids}`);
  return true;
}

/**
 * Goes through everything and draws what of listed posts and pages, and of things shared, is not drawn yet or has changed
 * since, and forgets what is shared no more: what an import brought, and what nobody told of.
 */
export async function sketchTexts(db: Db): Promise<void> {
  await inTransaction(db, (tx) => forgetUnshared(tx, sql`true`));
  await sweep(db, sketchEntries, 'e.id');
  await sweep(db, sketchItems, 'i.id');
}

/** From the latest to the first: what was gone through is not gone through again. */
async function sweep(db: Db, sketch: typeof sketchEntries, id: string): Promise<void> {
  let behind: string | null = null;
  do {
    const where: RawBuilder<unknown> = behind ? sql`${sql.ref(id)} < ${behind}` : sql`true`;
    behind = await inTransaction(db, (tx) => sketch(tx, where));
  } while (behind);
}

/** Gives the id of the last one drawn where there may be more. */
async function sketchEntries(tx: Tx, where: RawBuilder<unknown>): Promise<string | null> {
  const { rows } = await sql<Waiting>`select e.id, e.title, left(e.body, ${LONGEST}) as text, e.community_id,
      e.edited_at as version
    from entries e left join entry_sketches s on s.entry_id = e.id
    where e.listed and (s.entry_id is null or e.edited_at is distinct from s.drawn_of) and ${where}
    order by e.id desc limit ${AT_ONCE} for share of e`.execute(tx);
  if (rows.length === 0) return null;
  const ids = rows.map(({ id }) => id);
  const terms = termRows(rows);
  await sql`delete from entry_terms where entry_id = any(${ids}::uuid[])`.execute(tx);
  // Whatever opens a community in this very moment waits for the lock on the entry, or is seen here.
  await sql`insert into entry_terms (term, entry_id, community_id, everyone)
    select given.term, e.id, e.community_id, e.everyone
    from unnest(${terms.ids}::uuid[], ${terms.terms}::int[]) given (id, term) join entries e on e.id = given.id`.execute(
    tx,
  );
  await sql`insert into entry_sketches (entry_id, drawn_of)
    select * from unnest(${ids}::uuid[], ${rows.map((row) => row.version)}::timestamptz[])
    on conflict (entry_id) do update set drawn_of = excluded.drawn_of`.execute(tx);
  return lastOf(rows);
}

async function sketchItems(tx: Tx, where: RawBuilder<unknown>): Promise<string | null> {
  const { rows } = await sql<Waiting & { community_id: string }>`select i.id, i.title,
      left(concat_ws(' ', i.body, i.summary, left(p.text, ${LONGEST})), ${LONGEST}) as text, w.community_id,
      greatest(i.edited_at, p.fetched_at) as version
    from desk_items i join watches w on w.id = i.watch_id
      left join desk_pages p on p.item_id = i.id left join item_sketches s on s.item_id = i.id
    where i.shared_at is not null and i.deleted_at is null and w.shared_at is not null and w.deleted_at is null
      and (s.item_id is null or greatest(i.edited_at, p.fetched_at) is distinct from s.drawn_of or s.community_id <> w.community_id)
      and ${where}
    order by i.id desc limit ${AT_ONCE} for share of i, w`.execute(tx);
  if (rows.length === 0) return null;
  const ids = rows.map(({ id }) => id);
  const terms = termRows(rows);
  await sql`delete from item_terms where item_id = any(${ids}::uuid[])`.execute(tx);
  await sql`insert into item_terms (term, item_id, community_id, everyone)
    select given.term, i.id, w.community_id, w.everyone
    from unnest(${terms.ids}::uuid[], ${terms.terms}::int[]) given (id, term)
      join desk_items i on i.id = given.id join watches w on w.id = i.watch_id`.execute(tx);
  const prints = rows.map(({ title, text }) => fingerprintOf(`${title} ${text}`)?.toString('hex') ?? null);
  await sql`insert into item_sketches (item_id, community_id, fingerprint, drawn_of)
    select id, community_id, decode(print, 'hex'), version
    from unnest(${ids}::uuid[], ${rows.map((row) => row.community_id)}::uuid[], ${prints}::text[],
      ${rows.map((row) => row.version)}::timestamptz[]) given (id, community_id, print, version)
    on conflict (item_id) do update set community_id = excluded.community_id, fingerprint = excluded.fingerprint,
      drawn_of = excluded.drawn_of`.execute(tx);
  return lastOf(rows);
}

function lastOf(rows: readonly Waiting[]): string | null {
  return rows.length === AT_ONCE ? (rows.at(-1)?.id ?? null) : null;
}

async function forgetUnshared(tx: Tx, where: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql<{ item_id: string }>`delete from item_sketches s using desk_items i
    where i.id = s.item_id and ${where} and (i.shared_at is null or i.deleted_at is not null or not exists (select 1 from watches w
      where w.id = i.watch_id and w.shared_at is not null and w.deleted_at is null)) returning s.item_id`.execute(
    tx,
  );
  if (rows.length === 0) return;
  await sql`delete from item_terms where item_id = any(${rows.map((row) => row.item_id)}::uuid[])`.execute(
    tx,
  );
}

function termRows(rows: readonly Waiting[]): { ids: string[]; terms: number[] } {
  const drawn = rows.flatMap(({ id, title, text }) => {
    const terms = new Set(termsOf(title, text, TERMS).map(({ term }) => term));
    return [...terms].map((term) => ({ id, term }));
  });
  return { ids: drawn.map(({ id }) => id), terms: drawn.map(({ term }) => term) };
}
