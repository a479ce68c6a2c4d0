import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Page } from '../conversation/present.ts';
import { visibleEntries } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, isId, page, pageSize } from '../platform/keyset.ts';

/** A version as it stood until `replacedAt`; null: the one that stands now. */
export interface PostVersion {
  title: string;
  body: string;
  writtenAt: string;
  replacedAt: string | null;
}

/** Where the version that stands now is in the order of those that were replaced. */
const NOW = '9999-12-31T00:00:00Z';

interface Row {
  id: string;
  title: string;
  body: string;
  until: Date;
  replaced_at: Date | null;
  written_at: Date;
}

/** The versions of a post the actor may see, a page at a time, the present one first. */
export async function postHistory(
  db: Db,
  actor: Actor,
  id: string,
  where: { cursor?: string | null; limit?: number | string | null } = {},
): Promise<Page<PostVersion>> {
  if (!isId(id)) throw notFound();
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const older = from ? sql`where (until, id) < (${from.at}::timestamptz, ${from.id}::uuid)` : sql``;
  const rows = await read(db, actor, id, sql`${older} order by until desc, id desc limit ${limit + 1}`);
  if (rows.length === 0 && !from) throw notFound();
  const cut = page(rows, limit, (row) => ({ at: row.until.toISOString(), id: row.id }));
  return { items: cut.items.map(present), next: cut.next };
}

/** One version, by its number from the first on, and when each of them was written. */
export async function postVersion(
  db: Db,
  actor: Actor,
  id: string,
  asked: number | null,
): Promise<PostVersion & { number: number; all: { number: number; writtenAt: string }[] }> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{ number: number; written_at: Date }>`select number, written_at
    from (${versionsOf(actor, id)}) version order by number desc limit 1000`.execute(db);
  const number = asked ?? rows[0]?.number;
  if (!rows.some((row) => row.number === number)) throw notFound();
  const [version] = await read(db, actor, id, sql`where number = ${number}`);
  if (!version || number === undefined) throw notFound();
  const all = rows.map((row) => ({ number: row.number, writtenAt: row.written_at.toISOString() }));
  return { ...present(version), number, all };
}

async function read(db: Db, actor: Actor, id: string, which: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await sql<Row>`select version.*, coalesce(r.title, entries.title) as title,
      coalesce(r.body, entries.body) as body
    from (select * from (${versionsOf(actor, id)}) numbered ${which}) version
      join entries on entries.id = ${id} left join revisions r on r.id = version.id
    order by until desc, version.id desc`.execute(db);
  return rows;
}

/** Every version without its words: when it was written and until when it stood. */
function versionsOf(actor: Actor, id: string): RawBuilder<unknown> {
  const begun = sql`coalesce(entries.published_at, entries.created_at)`;
  return sql`select kept.id, until, replaced_at, coalesce(lag(until) over by_age, begun) as written_at,
      (row_number() over by_age)::int as number
    from (select id, ${NOW}::timestamptz as until, null::timestamptz as replaced_at, ${begun} as begun
        from entries where id = ${id} and kind = 'post' and ${visibleEntries(actor)}
      union all select r.id, r.replaced_at, r.replaced_at, ${begun}
        from revisions r join entries on entries.id = r.entry_id
        where r.entry_id = ${id} and entries.kind = 'post' and ${visibleEntries(actor)}) kept
    window by_age as (order by until, kept.id)`;
}

function present({ title, body, written_at, replaced_at }: Row): PostVersion {
  return {
    title,
    body,
    writtenAt: written_at.toISOString(),
    replacedAt: replaced_at?.toISOString() ?? null,
  };
}
