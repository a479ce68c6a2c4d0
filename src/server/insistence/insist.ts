import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { listedEntries } from '../conversation/sight.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import type { StoredEvent } from '../platform/event-stream.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { stillWaiting } from './waiting.ts';

export interface NewInsistence {
  /** The entry that it stands under, itself included. */
  entryId: string;
  /** The comment on which to insist; the entry itself where there is none. */
  commentId?: string | null;
  /** Handles of those to ring; everybody who waits for it where none is given. */
  people?: string[];
  /** Shown to them. */
  reason: string;
}

const LONGEST_REASON = 280;

/** Rings people out of their hours about something of the actor's own that names them: once, and with a reason. */
export async function insist(tx: Tx, actor: Actor, input: NewInsistence): Promise<void> {
  const reason = input.reason.replace(/\s+/g, ' ').trim();
  const commentId = input.commentId || null;
  if (!(await isOwn(tx, actor, input.entryId, commentId))) throw notFound();
  if (!reason) throw invalid('reason', 'insist_no_reason');
  if (reason.length > LONGEST_REASON) throw invalid('reason', 'insist_reason_too_long');
  const waiting = (await stillWaiting(tx, actor, input.entryId, new Date())).filter(
    (row) => row.comment_id === commentId && (!input.people?.length || input.people.includes(row.handle)),
  );
  const people = waiting.map((row) => row.person_id);
  const { rows } =
    await sql`insert into quiet_insistences (author_id, person_id, entry_id, comment_id, reason)
    select ${actor.id}, person_id, ${input.entryId}, ${commentId}::uuid, ${reason} from unnest(${people}::uuid[]) person_id
    on conflict do nothing returning id`.execute(tx);
  if (rows.length === 0) throw new Refusal('conflict', 'insist_nobody');
  await recordEvent(tx, {
    name: 'person.insisted',
    actorId: actor.id,
    subjectId: commentId ?? input.entryId,
    data: { entryId: input.entryId },
  });
}

async function isOwn(tx: Tx, actor: Actor, entryId: string, commentId: string | null): Promise<boolean> {
  if (!isId(entryId) || (commentId !== null && !isId(commentId))) return false;
  const own = commentId
    ? sql`exists (select 1 from comments where id = ${commentId} and entry_id = entries.id and listed
        and author_id = ${actor.id})`
    : sql`author_id = ${actor.id}`;
  const { rows } =
    await sql`select 1 from entries where id = ${entryId} and ${own} and ${listedEntries(actor)}`.execute(tx);
  return rows.length > 0;
}

/** What waits for those who were insisted upon leaves at once. */
export async function hurry(tx: Tx, events: StoredEvent[]): Promise<void> {
  const subjects = events.map((event) => event.subject_id);
  await sql`update deliveries set due_at = now() from quiet_insistences insisted
    where coalesce(insisted.comment_id, insisted.entry_id) = any(${subjects}::uuid[])
      and deliveries.person_id = insisted.person_id and deliveries.thing_id = insisted.entry_id
      and sent_at is null and dropped_at is null and due_at > now()`.execute(tx);
}

/** Why somebody was rung out of hours about something under this entry. */
export interface Insistence {
  /** The comment; null for the entry itself. */
  commentId: string | null;
  author: { handle: string; name: string };
  reason: string;
  at: string;
}

/** Those that were made to the actor. Whether he still sees the entry is its reader's question. */
export async function insistencesTo(db: Db, actor: Actor, entryId: string): Promise<Insistence[]> {
  if (!isId(entryId)) return [];
  const { rows } = await sql<
    Omit<Insistence, 'at'> & { at: Date }
  >`select insisted.comment_id as "commentId", reason,
      json_build_object('handle', author.handle, 'name', author.name) as author, insisted.created_at as at
    from quiet_insistences insisted join people author on author.id = insisted.author_id
      join entries on entries.id = insisted.entry_id and ${listedEntries(actor)}
    where insisted.person_id = ${actor.id} and insisted.entry_id = ${entryId} and (insisted.comment_id is null
      or exists (select 1 from comments where comments.id = insisted.comment_id and comments.listed))
    order by insisted.created_at desc limit 20`.execute(db);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** How often the actor insisted in the last twelve months: a number for himself only. */
export async function ownInsistences(db: Db, actor: Actor): Promise<number> {
  const { rows } = await sql<{ many: number }>`select count(*)::int as many from quiet_insistences
    where author_id = ${actor.id} and created_at > now() - interval '1 year'`.execute(db);
  return rows[0]?.many ?? 0;
}
