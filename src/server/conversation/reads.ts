import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { notFound } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { whisper } from '../platform/live-channel.ts';
import { listedEntries } from './sight.ts';

/*
 * Read marks are the reader's own and tell nobody anything: they write no event. His other windows hear of them.
 */

/**
 * Marks an entry as read up to the last word that stands in it. The mark is that word's moment, not the clock's: what
 * is being written meanwhile stays unread.
 */
export async function markRead(tx: Tx, actor: Actor, entryId: string): Promise<void> {
  if (!isId(entryId)) throw notFound();
  const marked = await sql`insert into reads (person_id, entry_id, read_at)
    select ${actor.id}, entries.id, said.last_at from entries join entry_activity said on said.entry_id = entries.id
    where entries.id = ${entryId} and ${listedEntries(actor)}
    on conflict (person_id, entry_id) do update set read_at = excluded.read_at`.execute(tx);
  if (!marked.numAffectedRows) throw notFound();
  whisper(tx, ['read', actor.id, entryId]);
}

/** Marks everything up to now as read. */
export async function markAllRead(tx: Tx, actor: Actor): Promise<void> {
  await sql`delete from reads where person_id = ${actor.id}`.execute(tx);
  await sql`update people set read_before = date_trunc('milliseconds', now()) where id = ${actor.id}`.execute(
    tx,
  );
  whisper(tx, ['read', actor.id, null]);
}
