import { sql } from 'kysely';
import { Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';

/** Whoever changes or ends people's places waits for the others until they are done: of two owners who leave at once, one stays. */
export async function waitForOwners(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('owners'))`.execute(tx);
}

/** Refuses where this person is the only owner who is left. */
export async function requireAnotherOwner(tx: Tx, personId: string): Promise<void> {
  const other = await tx
    .selectFrom('people')
    .select('id')
    .where('role', '=', 'owner')
    .where('status', '=', 'active')
    .where('id', '<>', personId)
    .limit(1)
    .executeTakeFirst();
  if (!other) throw new Refusal('conflict', 'last_owner');
}
