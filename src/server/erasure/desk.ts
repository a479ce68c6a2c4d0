import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';

/**
 * Empties a person's desk: what nobody else ever saw goes, and what was taken back or thrown away. What he shared stays
 * where he shared it, without the marks of his own reading.
 */
export async function emptyDesk(tx: Tx, personId: string): Promise<void> {
  await sql`delete from desk_items i where i.owner_id = ${personId} and (i.shared_at is null or i.deleted_at is not null
    or not exists (select 1 from watches w where w.id = i.watch_id and w.shared_at is not null and w.deleted_at is null))`.execute(
    tx,
  );
  await sql`delete from watches where owner_id = ${personId} and (shared_at is null or deleted_at is not null)`.execute(
    tx,
  );
  await sql`update desk_items set read_later_at = null, done_at = null, origin_key = null, reading_id = null
    where owner_id = ${personId}`.execute(tx);
}
