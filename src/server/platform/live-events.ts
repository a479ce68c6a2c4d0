import { sql } from 'kysely';
import type { Db } from './db.ts';
import type { StoredEvent } from './event-stream.ts';

/** A place in the event table: events come in the order of their transactions. */
export interface Position {
  transaction: bigint;
  id: number;
}

export function isAfter(a: Position, b: Position): boolean {
  return a.transaction === b.transaction ? a.id > b.id : a.transaction > b.transaction;
}

export function positionOf(event: StoredEvent): Position {
  return { transaction: BigInt(event.transaction), id: event.id };
}

/** How far `follower` has come: everything up to there is committed, and has had its consequences. */
export async function handledUpTo(db: Db, follower: string): Promise<Position> {
  const { rows } = await sql<{ transaction: string; event_id: number }>`select transaction, event_id
    from event_cursors where follower = ${follower}`.execute(db);
  return { transaction: BigInt(rows[0]?.transaction ?? 0), id: rows[0]?.event_id ?? 0 };
}

/** The events after a place, in order, as far as `follower` has come. */
export async function eventsAfter(
  db: Db,
  follower: string,
  { transaction, id }: Position,
  limit: number,
): Promise<StoredEvent[]> {
  const { rows } =
    await sql<StoredEvent>`select id, transaction, at, actor_id, name, subject_id, community_id, data
    from events where (transaction, id) > (${String(transaction)}::xid8, ${id}::bigint)
      and (transaction, id) <= (select transaction, event_id from event_cursors where follower = ${follower})
    order by transaction, id limit ${limit}`.execute(db);
  return rows;
}
