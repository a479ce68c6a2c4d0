import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { notFound } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';

/*
 * Marks on readings are the reader's own and tell nobody anything: they write no event.
 */

export interface Mark {
  read?: boolean | undefined;
  kept?: boolean | undefined;
}

/** Marks one's own reading as read or not, kept or not; what is not given stays. */
export async function markReading(tx: Tx, actor: Actor, id: string, { read, kept }: Mark): Promise<void> {
  if (!isId(id)) throw notFound();
  const set = (column: 'read_at' | 'kept_at', on: boolean | undefined) =>
    on === undefined ? sql.ref(column) : on ? sql`coalesce(${sql.ref(column)}, now())` : sql`null`;
  const marked =
    await sql`update readings set read_at = ${set('read_at', read)}, kept_at = ${set('kept_at', kept)}
    where id = ${id} and person_id = ${actor.id}`.execute(tx);
  if (!marked.numAffectedRows) throw notFound();
}

export interface Upto {
  /** Of one subscription, or of all. */
  source?: string | null | undefined;
  /** Of the sources that feed one's own watch. */
  watch?: string | null | undefined;
  /** The newest that was in sight: what has come since stays unread. */
  upto?: string | null | undefined;
}

/** Marks as read all that stands at and below the newest that the reader saw. */
export async function markAllRead(tx: Tx, actor: Actor, { source, watch, upto }: Upto): Promise<void> {
  for (const id of [source, watch, upto]) if (id && !isId(id)) throw notFound();
  await sql`update readings set read_at = now() where person_id = ${actor.id} and read_at is null
    ${source ? sql`and subscription_id = ${source}` : sql``}
    ${
      watch
        ? sql`and subscription_id in (select id from subscriptions
      where watch_id = ${watch} and person_id = ${actor.id})`
        : sql``
    }
    ${upto ? sql`and (at, id) <= (select at, id from readings where id = ${upto} and person_id = ${actor.id})` : sql``}`.execute(
    tx,
  );
}
