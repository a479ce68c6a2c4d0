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
  const before = await horizon(tx);
  const { rows } =
    await sql<StoredEvent>`select id, transaction, at, actor_id, name, subject_id, community_id, data
    from events where (transaction, id) > (${cursor.transaction}::xid8, ${cursor.event_id}::bigint)
      and transaction < ${before}::xid8
    order by transaction, id limit ${BATCH}`.execute(tx);
  const last = rows.at(-1);
  if (!last) return 0;
  await handle(tx, rows);
  await sql`update event_cursors set transaction = ${last.transaction}::xid8, event_id = ${last.id}
    where follower = ${follower}`.execute(tx);
  return rows.length;
}

/**
 * The transaction before which every one of this database has ended by the next statement. PostgreSQL's own figure
 * (`pg_snapshot_xmin`) also waits for those of other databases of the server. What is under way is looked at after the
 * snapshot that names the next transaction: whoever is neither seen there nor later has ended.
 */
async function horizon(tx: Tx): Promise<string> {
  const { rows } = await sql<{ before: string }>`
    with ahead as (select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next)
    select (next - coalesce((
      select max(behind) from (select (next - backend_xid::text::bigint) & 4294967295 as behind
        from pg_stat_activity where datname = current_database() and backend_xid is not null) open
      -- Numbers have 32 bits there: what seems far behind was begun since.
      where behind < 2147483648), 0))::text as before
    from ahead`.execute(tx);
  return rows[0]?.before ?? '0';
}
