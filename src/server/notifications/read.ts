import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { whisper } from '../platform/live-channel.ts';

/*
 * Having read is the reader's own business, on whichever device he did: it writes no event. His other windows hear of it.
 */

/** Marks as read: one line of one's own, by any of its notices, or all of them. */
export async function markNotified(tx: Tx, actor: Actor, id?: string): Promise<void> {
  if (id === undefined) return mark(tx, actor, sql`true`);
  if (!isId(id)) return;
  await mark(
    tx,
    actor,
    sql`exists (select 1 from notifications one where one.id = ${id} and one.person_id = n.person_id
      and one.kind = n.kind and one.thing_id = n.thing_id)`,
  );
}

/** Whether something unread was told of this entry, watch, dossier or settled report. */
export async function isToldOf(db: Db, actor: Actor, id: string): Promise<boolean> {
  const { rows } = await sql`select 1 from notifications n
    where n.person_id = ${actor.id} and n.read_at is null and ${about(id)} limit 1`.execute(db);
  return rows.length > 0;
}

/** Marks as read what concerns this entry, watch, dossier or settled report: it has just been opened. */
export function markNotifiedOf(tx: Tx, actor: Actor, id: string): Promise<void> {
  return mark(tx, actor, about(id));
}

/** It has just been opened: what told of it has done its work. Writes only where there is a mark. */
export async function markOpened(db: Db, actor: Actor, id: string): Promise<void> {
  if (await isToldOf(db, actor, id)) await inTransaction(db, (tx) => markNotifiedOf(tx, actor, id));
}

function about(id: string): RawBuilder<unknown> {
  return sql`(n.entry_id = ${id} or n.by_entry_id = ${id} or n.thing_id = ${id})`;
}

/** Marks as read what concerns this community itself: its door, and what is new in it. */
export function markNotifiedIn(tx: Tx, actor: Actor, communityId: string): Promise<void> {
  return mark(
    tx,
    actor,
    sql`n.community_id = ${communityId} and (n.kind = 'post' or n.entry_id is null) and n.kind <> 'community_asked'
      and n.dossier_id is null and n.report_id is null`,
  );
}

async function mark(tx: Tx, actor: Actor, which: RawBuilder<unknown>): Promise<void> {
  const { numAffectedRows } = await sql`update notifications n set read_at = now()
    where n.person_id = ${actor.id} and n.read_at is null and ${which}`.execute(tx);
  if (numAffectedRows) whisper(tx, ['notices read', actor.id]);
}
