import webpush from 'web-push';
import type { Db } from '../platform/db.ts';

/** What push services know this network by. */
export interface PushKeys {
  publicKey: string;
  privateKey: string;
}

/** The network's pair of keys, made at first need; two processes that meet agree on one. */
export async function pushKeys(db: Db): Promise<PushKeys> {
  const stored = await storedKeys(db);
  if (stored) return stored;
  const made = webpush.generateVAPIDKeys();
  await db
    .insertInto('push_keys')
    .values({ public_key: made.publicKey, private_key: made.privateKey })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await storedKeys(db)) ?? made;
}

async function storedKeys(db: Db): Promise<PushKeys | null> {
  const row = await db.selectFrom('push_keys').select(['public_key', 'private_key']).executeTakeFirst();
  return row ? { publicKey: row.public_key, privateKey: row.private_key } : null;
}
