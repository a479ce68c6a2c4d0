import { randomBytes } from 'node:crypto';
import type { Db } from '../platform/db.ts';

/** The secrets every process of the network shares. Made at first need; two processes that meet agree on one. */
export async function sharedSecret(db: Db, name: string): Promise<string> {
  return (
    (await storedSecret(db, name)) ??
    (await db
      .insertInto('secrets')
      .values({ name, value: randomBytes(32).toString('base64url') })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .returning('value')
      .executeTakeFirst()
      .then((row) => row?.value ?? sharedSecret(db, name)))
  );
}

/** A secret that exists already, or null. */
export async function storedSecret(db: Db, name: string): Promise<string | null> {
  const row = await db.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value ?? null;
}

const sessionSecrets = new WeakMap<Db, Promise<string>>();

/** What session cookies are signed with. It never changes, so it is read once per process. */
export function sessionSecret(db: Db): Promise<string> {
  let secret = sessionSecrets.get(db);
  if (!secret) {
    secret = sharedSecret(db, 'sessions');
    sessionSecrets.set(db, secret);
    secret.catch(() => sessionSecrets.delete(db));
  }
  return secret;
}
