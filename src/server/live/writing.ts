import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { writable } from '../communities/access.ts';
import { listedEntries } from '../conversation/sight.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { whisper } from '../platform/live-channel.ts';

/**
 * Tells those who have the post open that the actor writes a comment now. It is written down nowhere: it passes by, and
 * whoever comes later does not learn of it.
 */
export async function tellWriting(tx: Tx, actor: Actor, entryId: string): Promise<void> {
  if (!isId(entryId)) throw notFound();
  const { rows } = await sql<{ can_write: boolean }>`select ${writable(actor, 'entries')} as can_write
    from entries where id = ${entryId} and ${listedEntries(actor)}`.execute(tx);
  if (!rows[0]) throw notFound();
  if (!rows[0].can_write) throw new Refusal('forbidden', 'community_archived');
  if (isTooSoon(`${actor.id} ${entryId}`, performance.now())) return;
  whisper(tx, ['writing', entryId, actor.id, actor.handle]);
}

const APART_MILLISECONDS = 2_000;
const MOST_REMEMBERED = 1_000;
const told = new Map<string, number>();

/** Somebody who types is told of once in a while, however often his browser says so. */
function isTooSoon(who: string, now: number): boolean {
  const before = told.get(who);
  if (before !== undefined && now - before < APART_MILLISECONDS) return true;
  told.delete(who);
  told.set(who, now);
  const oldest = told.keys().next().value;
  if (told.size > MOST_REMEMBERED && oldest) told.delete(oldest);
  return false;
}
