/**
 * Draws consequences until none is left: those of an event wait for every transaction older than it, be it one of the
 * server's own that tidies up.
 */
import { sql } from 'kysely';
import { drawConsequences } from '#server/consequences.ts';
import type { Db } from '#server/platform/db.ts';

export async function drawAll(db: Db): Promise<void> {
  for (;;) {
    await drawConsequences(db);
    const { rows } = await sql`select 1 from events join event_cursors c on c.follower = 'consequences'
      where (events.transaction, events.id) > (c.transaction, c.event_id) limit 1`.execute(db);
    if (rows.length === 0) return;
  }
}
