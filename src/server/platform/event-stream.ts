import { sql } from 'kysely';
import type { Db, Tx } from './db.ts';

/** An event as it stands in the table. */
export interface StoredEvent {
  id: number;
  transaction: string;
  at: Date;
  actor_id: string | null;
  name: string;
  subject_id: string;
  community_id: string | null;
  data: Record<string, unknown>;
}

const BATCH = 200;

/**
 * Hands the follower the events it has not had yet, in the order of their transactions, and remembers how far it came
 * in the transaction of what it wrote: each event is handled once, whatever is killed. Events of transactions that
 * may still be open wait. Only one process follows at a time; another finds the place taken.
 * @returns how many events were handled
 */
export async function followEvents(
  db: Db,
  follower: string,
  handle: (tx: Tx, events: StoredEvent[]) => Promise<void>,
): Promise<number> {
  await sql`insert into event_cursors (follower, transaction, event_id) values (${follower}, '0', 0)
    on conflict do nothing`.execute(db);
  let handled = 0;
  for (;;) {
    const batch = await db.transaction().execute((tx) => nextBatch(tx, follower, handle));
    handled += batch;
    if (batch < BATCH) return handled;
  }
}

async function nextBatch(
  tx: Tx,
  follower: string,
  handle: (tx: Tx, events: StoredEvent[]) => Promise<void>,
): Promise<number> {
  const { rows: cursors } = await sql<{ transaction: string; event_id: number }>`select transaction, event_id
    from event_cursors where follower = ${follower} for update skip locked`.execute(tx);
  const cursor = cursors[0];
  if (!cursor) return 0;
  const { rows } =
    await sql<StoredEvent>`select id, transaction, at, actor_id, name, subject_id, community_id, data
    from events where (transaction, id) > (${cursor.transaction}::xid8, ${cursor.event_id}::bigint)
      and transaction < pg_snapshot_xmin(pg_current_snapshot())
    order by transaction, id limit ${BATCH}`.execute(tx);
  const last = rows.at(-1);
  if (!last) return 0;
  await handle(tx, rows);
  await sql`update event_cursors set transaction = ${last.transaction}::xid8, event_id = ${last.id}
    where follower = ${follower}`.execute(tx);
  return rows.length;
}
