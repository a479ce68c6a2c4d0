import { sql } from 'kysely';
import type { Db } from '#server/platform/db.ts';

/**
 * Attempts are counted from one mark of the clock to the next, `seconds` apart. Where one is near, waits until it is
 * over, so that whatever a test counts stands in one window.
 */
export async function inOneWindow(db: Db, seconds = 900): Promise<void> {
  await sql`select pg_sleep(case when ahead < 30 then ahead + 0.01 else 0 end)
    from (select (${seconds}::int - extract(epoch from clock_timestamp()) % ${seconds}::int)::float8 as ahead) clock`.execute(
    db,
  );
}
