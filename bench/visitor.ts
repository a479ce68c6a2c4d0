import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { hashOf, TOKEN_PREFIX } from '#server/people/actor.ts';
import { sessionSecret } from '#server/people/secret.ts';
import { SESSION_COOKIE } from '#server/people/session.ts';
import type { Actor } from '#server/actor.ts';
import type { Db } from '#server/platform/db.ts';

/** Somebody of the network who comes with a token and a session. */
export interface Visitor {
  actor: Actor;
  authorization: string;
  cookie: string;
}

/** Gives a person of the bench's network an account, a session and a token. */
export async function visitor(db: Db, handle: string): Promise<Visitor> {
  const person = await db
    .selectFrom('people')
    .select(['id', 'handle', 'name', 'role', 'language', 'time_zone as timeZone'])
    .where('handle', '=', handle)
    .executeTakeFirstOrThrow();
  const session = randomBytes(24).toString('base64url');
  const token = `${TOKEN_PREFIX}${randomBytes(24).toString('base64url')}`;
  // He may have come before.
  const { id: account } = await db
    .insertInto('auth_user')
    .values({ id: randomUUID(), name: person.name, email: `${handle}@banc.example` })
    .onConflict((conflict) => conflict.column('email').doUpdateSet({ name: person.name }))
    .returning('id')
    .executeTakeFirstOrThrow();
  await db.updateTable('people').set({ auth_user_id: account }).where('id', '=', person.id).execute();
  await db
    .insertInto('auth_session')
    .values({
      id: randomUUID(),
      token: session,
      userId: account,
      expiresAt: new Date(Date.now() + 86_400_000 * 25),
    })
    .execute();
  await db
    .insertInto('api_tokens')
    .values({
      person_id: person.id,
      name: 'bench',
      token_hash: hashOf(token),
      last_used_on: new Date().toISOString().slice(0, 10),
    })
    .execute();
  const signature = createHmac('sha256', await sessionSecret(db))
    .update(session)
    .digest('base64');
  return {
    actor: { ...person, scopes: ['read', 'write'] },
    authorization: `Bearer ${token}`,
    cookie: `${SESSION_COOKIE}=${encodeURIComponent(`${session}.${signature}`)}`,
  };
}
