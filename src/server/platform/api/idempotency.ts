import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { Refusal } from '../../errors.ts';
import type { Db, Tx } from '../db.ts';

/** An answer as it went out, and goes out again. */
export interface Kept {
  status: number;
  body: string | null;
}

/** What is done once: by whom, and by which key it is known again. */
export interface Claim {
  ownerId: string;
  key: string;
  /** All that makes the request this one: method, path and body. */
  request: string;
  /** The answer holds a secret, which is kept nowhere: a repeat is refused instead. */
  toldOnce: boolean;
}

/** The `Idempotency-Key` of a request, or null. */
export function idempotencyKey(request: Request): string | null {
  const key = request.headers.get('idempotency-key');
  if (key === null) return null;
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new Refusal('invalid', 'bad_idempotency_key');
  return key;
}

/**
 * Does `write` once per owner and key; a repeat gets the answer of the first time. The key lands or vanishes with the
 * write, for both are one transaction; a second request waits in the insert until the first has ended.
 */
export async function once(
  tx: Tx,
  { ownerId, key, request, toldOnce }: Claim,
  write: () => Promise<Kept>,
): Promise<{ kept: Kept; replayed: boolean }> {
  const hash = createHash('sha256').update(request).digest('base64url');
  const claimed = await tx
    .insertInto('idempotency_keys')
    .values({ owner_id: ownerId, key, request_hash: hash })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst();
  if (!claimed) {
    const kept = await keptAnswer(tx, { ownerId, key }, hash);
    if (toldOnce) throw new Refusal('conflict', 'told_once');
    return { kept, replayed: true };
  }
  const kept = await write();
  // The text itself, as one JSON string: a repeat is the same to the byte, and jsonb would reorder an object.
  const response = JSON.stringify(toldOnce ? null : kept.body);
  await tx
    .updateTable('idempotency_keys')
    .set({ status: kept.status, response: sql`${response}::jsonb` })
    .where('owner_id', '=', ownerId)
    .where('key', '=', key)
    .execute();
  return { kept, replayed: false };
}

async function keptAnswer(tx: Tx, claim: Pick<Claim, 'ownerId' | 'key'>, hash: string): Promise<Kept> {
  const row = await tx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'status', sql<string | null>`response #>> '{}'`.as('body')])
    .where('owner_id', '=', claim.ownerId)
    .where('key', '=', claim.key)
    .executeTakeFirst();
  if (row?.request_hash !== hash || row.status === null) {
    throw new Refusal('conflict', 'idempotency_key_reused');
  }
  return { status: row.status, body: row.body };
}

/** When a key was claimed. */
export async function claimedAt(db: Db, { ownerId, key }: Pick<Claim, 'ownerId' | 'key'>): Promise<string> {
  const { created_at } = await db
    .selectFrom('idempotency_keys')
    .select('created_at')
    .where('owner_id', '=', ownerId)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return new Date(created_at).toISOString();
}

/** Forgets a key that is older than so many seconds. */
export async function forgetKey(
  tx: Tx,
  { ownerId, key }: Pick<Claim, 'ownerId' | 'key'>,
  seconds: number,
): Promise<void> {
  await tx
    .deleteFrom('idempotency_keys')
    .where('owner_id', '=', ownerId)
    .where('key', '=', key)
    .where('created_at', '<', sql<Date>`now() - make_interval(secs => ${seconds})`)
    .execute();
}

/** Forgets keys after two days. */
export async function purgeIdempotencyKeys(tx: Tx): Promise<void> {
  await tx
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', sql<Date>`now() - interval '48 hours'`)
    .execute();
}
