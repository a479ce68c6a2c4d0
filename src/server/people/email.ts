import { verifyPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { countAttempt, forgiveAttempt } from './attempts.ts';
import { setPassword } from './password.ts';
import { endOtherSessions } from './sessions.ts';
import { endAllKeys } from './tokens.ts';

/** Refuses a wrong password of the actor's. Attempts are counted: a browser left open must not be a place to guess. */
export async function requirePassword(db: Db, actor: Actor, password: string): Promise<void> {
  const limits = [{ key: `password ${actor.id}`, most: 10, seconds: 900 }];
  await countAttempt(db, limits);
  const { rows } = await sql<{ hash: string }>`select password as hash from auth_account
    join people on people.auth_user_id = auth_account."userId"
    where people.id = ${actor.id} and "providerId" = 'credential' and password is not null`.execute(db);
  const right = rows[0] && (await verifyPassword({ hash: rows[0].hash, password }));
  if (!right) throw new Refusal('forbidden', 'wrong_password', { currentPassword: 'wrong_password' });
  await forgiveAttempt(db, limits);
}

/** Gives the actor a new password, signs him out everywhere else and ends his tokens and feed key. Call `requirePassword` first. */
export async function changePassword(
  tx: Tx,
  actor: Actor,
  input: { password: string; session: string | null },
): Promise<void> {
  const { auth_user_id } = await tx
    .selectFrom('people')
    .select('auth_user_id')
    .where('id', '=', actor.id)
    .executeTakeFirstOrThrow();
  if (!auth_user_id) throw new Refusal('forbidden', 'wrong_password');
  await setPassword(tx, auth_user_id, input.password);
  await endOtherSessions(tx, actor, input.session);
  await endAllKeys(tx, actor.id);
  await recordEvent(tx, { name: 'person.password_changed', actorId: actor.id, subjectId: actor.id });
}
