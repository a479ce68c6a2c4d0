import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { writable } from '../communities/access.ts';
import { listedEntries } from '../conversation/sight.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { ringProcesses } from '../platform/live-channel.ts';
import { pageNews, writingNews, type News } from './signals.ts';

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
  await ringProcesses(tx, JSON.stringify([entryId, actor.id, actor.handle]));
}

/** The news in the words of another process. */
export function whisperedNews(words: string): News | null {
  const said: unknown = JSON.parse(words);
  if (!Array.isArray(said)) return pageNewsIn(said);
  const [entryId, personId, handle] = said as string[];
  return entryId && personId && handle ? writingNews(entryId, personId, handle) : null;
}

/** A page changes letter by letter: what it says between two versions leaves no event. */
function pageNewsIn(said: unknown): News | null {
  const page = said && typeof said === 'object' && 'page' in said ? said.page : null;
  return typeof page === 'string' ? pageNews(page) : null;
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
