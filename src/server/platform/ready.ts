import { sql } from 'kysely';
import type { Db } from './db.ts';

const PATIENCE_MS = 2_000;

/** Whether the database answers, and soon. */
export async function isReady(db: Db): Promise<boolean> {
  const { promise: tired, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, PATIENCE_MS, false);
  const answered = sql`select 1`.execute(db).then(
    () => true,
    () => false,
  );
  const ready = await Promise.race([answered, tired]);
  clearTimeout(timer);
  return ready;
}
