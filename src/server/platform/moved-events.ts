import type { ClientBase } from 'pg';

/** As far as a number goes that both JavaScript and the database hold exactly. */
const LAST_ID = Number.MAX_SAFE_INTEGER;

/**
 * A database that was moved to another server counts its transactions anew there: what happens then would seem to have
 * happened long ago, and nothing would follow from it. Puts the events that came along before all new ones, without
 * changing which of them each follower has had. Does nothing where nothing was moved. In a transaction.
 */
export async function settleMovedEvents(client: ClientBase): Promise<void> {
  await client.query(`select pg_advisory_xact_lock(hashtext('moved events'))`);
  const { rows } = await client.query<{ moved: boolean }>(
    `select greatest((select max(transaction) from events), (select max(transaction) from event_cursors))
      >= pg_snapshot_xmax(pg_current_snapshot()) as moved`,
  );
  if (!rows[0]?.moved) return;
  // As many steps as there are followers: an event stands behind each follower that has had it.
  await client.query(`with step as (select events.id, 1 + count(c.follower) as place
      from events left join event_cursors c on (c.transaction, c.event_id) < (events.transaction, events.id)
      group by events.id)
    update events set transaction = step.place::text::xid8 from step where step.id = events.id`);
  await client.query(`with place as (select c.follower, 1 + count(o.follower) as place from event_cursors c
      left join event_cursors o on (o.transaction, o.event_id) < (c.transaction, c.event_id) group by c.follower)
    update event_cursors set transaction = place.place::text::xid8, event_id = ${LAST_ID}
    from place where place.follower = event_cursors.follower`);
}
