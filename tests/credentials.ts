/** What the people of the world come in with, made without going through the sign-in page each time. */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { hashOf, TOKEN_PREFIX } from '#server/people/actor.ts';
import { sessionSecret } from '#server/people/secret.ts';
import { SESSION_COOKIE } from '#server/people/session.ts';
import type { Db } from '#server/platform/db.ts';

export interface Credentials {
  handle: string;
  /** The value of a `Cookie` header. */
  cookie: string;
  /** The value of an `Authorization` header. */
  authorization: string;
  feedKey: string;
}

/** Signs somebody in, and gives him a token that may do all he may, and a feed key. */
export async function credentialsOf(db: Db, handle: string): Promise<Credentials> {
  const person = await db
    .selectFrom('people')
    .select(['id', 'auth_user_id'])
    .where('handle', '=', handle)
    .executeTakeFirstOrThrow();
  const feedKey = randomBytes(24).toString('base64url');
  await db
    .insertInto('feed_keys')
    .values({ person_id: person.id, key: feedKey })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ key: feedKey }))
    .execute();
  return {
    handle,
    cookie: await sessionCookie(db, person.auth_user_id ?? ''),
    authorization: `Bearer ${await apiToken(db, person.id)}`,
    feedKey,
  };
}

async function sessionCookie(db: Db, account: string): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await db
    .insertInto('auth_session')
    .values({ id: randomUUID(), token, userId: account, expiresAt: new Date(Date.now() + 20 * 86_400_000) })
    .execute();
  const signature = createHmac('sha256', await sessionSecret(db))
    .update(token)
    .digest('base64');
  return `${SESSION_COOKIE}=${encodeURIComponent(`${token}.${signature}`)}`;
}

async function apiToken(db: Db, personId: string): Promise<string> {
  const token = `${TOKEN_PREFIX}${randomBytes(24).toString('base64url')}`;
  // Its first use of a day is written down: tests that compare all that is kept may run over midnight.
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await db
    .insertInto('api_tokens')
    .values({
      person_id: personId,
      name: 'test',
      token_hash: hashOf(token),
      scopes: ['read', 'write', 'admin'],
      last_used_on: tomorrow,
    })
    .execute();
  return token;
}
