import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { reachable } from '../communities/sight.ts';
import { filesNamed } from '../conversation/attachments.ts';
import { cleanText } from '../conversation/text.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';

/** The editor's fields, as they were typed: an address may be half of one. */
export const REWORKED = [
  ...(['title', 'body', 'tags', 'cover', 'coverAlt', 'purpose'] as const),
  ...(['sourceUrl', 'sourceTitle', 'sourceAuthor', 'curatedId'] as const),
];
export type ReworkFields = Partial<Record<(typeof REWORKED)[number], string>>;

/** What its author is changing of a post that is out, and has not published. */
export interface Rework {
  id: string;
  title: string;
  savedAt: string;
  version: number;
  /** The version of the post that is being changed. */
  of: number;
}

export interface NewRework {
  fields: ReworkFields;
  /** The version of the post in hand. */
  of: number;
  /** The version of this rework in hand; none where it begins. */
  version?: number;
}

const MOST = 10;

/**
 * Keeps what the author is changing of his post that is out. The post stays as it is, nobody else reads of it, and it
 * leaves no event. Another window that goes on with the same one is told, and keeps its own beside it; the oldest of
 * more than ten goes.
 * @returns the version that is kept now
 */
export async function keepRework(
  tx: Tx,
  actor: Actor,
  entryId: string,
  id: string,
  { fields, of, version = 0 }: NewRework,
): Promise<{ id: string; version: number }> {
  await requireReworkable(tx, actor, entryId);
  if (![of, version].every(isVersion)) throw new Refusal('conflict', 'changed_elsewhere');
  const kept = Object.fromEntries(
    REWORKED.flatMap((name) => (fields[name] === undefined ? [] : [[name, cleanText(fields[name], name)]])),
  ) as ReworkFields;
  const files = (await filesNamed(tx, actor, `${kept.cover ?? ''} ${kept.body ?? ''}`)).map(
    (file) => file.id,
  );
  const { rows } = await sql<{ version: number }>`
    insert into reworks (id, entry_id, person_id, of_version, fields, file_ids)
      values (${id}, ${entryId}, ${actor.id}, ${of}, ${JSON.stringify(kept)}::jsonb, ${files}::uuid[])
    on conflict (entry_id, id) do update set fields = excluded.fields, file_ids = excluded.file_ids,
      of_version = excluded.of_version, version = reworks.version + 1, saved_at = now()
      where reworks.version = ${version} returning version`.execute(tx);
  if (!rows[0]) throw new Refusal('conflict', 'changed_elsewhere');
  if (version === 0) {
    await sql`delete from reworks where entry_id = ${entryId} and id in (select id from reworks
      where entry_id = ${entryId} order by (id = ${id}) desc, saved_at desc, id desc offset ${MOST})`.execute(
      tx,
    );
  }
  return { id, version: rows[0].version };
}

/** A number that a form or a request may name as a version: others no column can hold, and nothing ever had. */
function isVersion(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number < 2 ** 31;
}

type Row = Omit<Rework, 'savedAt'> & { saved_at: Date };

const ABOUT = sql`reworks.id, coalesce(reworks.fields ->> 'title', '') as title, reworks.version,
  reworks.of_version as of, reworks.saved_at`;

/** What the actor is changing of his own post, the latest first. A post that is not his to change is not found. */
export async function reworksOf(db: Db, actor: Actor, entryId: string): Promise<Rework[]> {
  const { rows } = isId(entryId)
    ? await sql<Row | { id: null }>`select ${ABOUT}
        from entries left join reworks on reworks.entry_id = entries.id
        where entries.id = ${entryId} and ${reworkable(actor)}
        order by reworks.saved_at desc, reworks.id desc`.execute(db)
    : { rows: [] };
  if (!rows[0]) throw notFound();
  return rows.filter((row) => row.id !== null).map(present);
}

/** One of them, with what was typed. */
export async function readRework(
  db: Db,
  actor: Actor,
  entryId: string,
  id: string,
): Promise<Rework & { fields: ReworkFields }> {
  const { rows } =
    isId(entryId) && isId(id)
      ? await sql<Row & { fields: ReworkFields }>`select ${ABOUT}, reworks.fields
          from reworks join entries on entries.id = reworks.entry_id
          where entries.id = ${entryId} and reworks.id = ${id} and ${reworkable(actor)}`.execute(db)
      : { rows: [] };
  if (!rows[0]) throw notFound();
  return present(rows[0]);
}

function present<Found extends Row>({ saved_at: at, ...rework }: Found) {
  return { ...rework, savedAt: at.toISOString() };
}

/** Throws one away: it was published, or is not wanted. The post stays as it is. */
export async function dropRework(tx: Tx, actor: Actor, entryId: string, id: string): Promise<void> {
  await requireReworkable(tx, actor, entryId);
  if (isId(id)) await sql`delete from reworks where entry_id = ${entryId} and id = ${id}`.execute(tx);
}

async function requireReworkable(tx: Tx, actor: Actor, entryId: string): Promise<void> {
  const { rows } = isId(entryId)
    ? await sql`select 1 from entries where id = ${entryId} and ${reworkable(actor)}`.execute(tx)
    : { rows: [] };
  if (!rows[0]) throw notFound();
}

/** One's own post that is out, and that one may change. */
export function reworkable(actor: Actor): RawBuilder<boolean> {
  return sql<boolean>`(entries.author_id = ${actor.id} and entries.kind = 'post'
    and entries.status = 'published' and entries.deleted_at is null and entries.hidden_at is null and ${reachable(actor, 'entries')})`;
}
