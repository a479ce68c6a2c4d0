import { randomBytes } from 'node:crypto';
import type { Actor } from '../actor.ts';
import { Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';

/** The key of the actor's private feeds; null while he has none. */
export async function feedKeyOf(db: Db, actor: Actor): Promise<string | null> {
  const row = await db
    .selectFrom('feed_keys')
    .select('key')
    .where('person_id', '=', actor.id)
    .executeTakeFirst();
  return row?.key ?? null;
}

/** Gives the actor a feed key, or a new one in place of the old, which ends. */
export async function renewFeedKey(tx: Tx, actor: Actor): Promise<string> {
  // The key outlives what made it: a token that may only read must not leave one behind.
  if (!actor.scopes.includes('write')) throw new Refusal('forbidden', 'scope_above_own');
  const key = randomBytes(24).toString('base64url');
  const renewed = { key, created_at: new Date().toISOString() };
  await tx
    .insertInto('feed_keys')
    .values({ person_id: actor.id, ...renewed })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(renewed))
    .execute();
  await recordEvent(tx, { name: 'feed_key.renewed', actorId: actor.id, subjectId: actor.id });
  return key;
}

/** Ends the actor's feed key: whoever reads by it reads nothing any more. */
export async function revokeFeedKey(tx: Tx, actor: Actor): Promise<void> {
  await tx.deleteFrom('feed_keys').where('person_id', '=', actor.id).execute();
  await recordEvent(tx, { name: 'feed_key.revoked', actorId: actor.id, subjectId: actor.id });
}
