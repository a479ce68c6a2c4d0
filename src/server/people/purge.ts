import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';

/** Forgets what is over: sessions, one-time links, windows in which attempts were counted. Once a day. */
export async function purgeAccounts(tx: Tx): Promise<void> {
  await sql`delete from auth_session where "expiresAt" < now()`.execute(tx);
  await sql`delete from auth_verification where "expiresAt" < now()`.execute(tx);
  await sql`delete from attempts where window_start < now() - interval '2 days'`.execute(tx);
}
