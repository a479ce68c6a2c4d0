import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { hashOf } from './actor.ts';
import { setPassword } from './password.ts';
import { endAllSessions } from './sessions.ts';
import { endAllKeys } from './tokens.ts';

/** Makes a one-time link's secret, with which a person chooses his password. Null for somebody without an account. */
export async function createPasswordLink(tx: Tx, personId: string, hours: number): Promise<string | null> {
  const token = randomBytes(24).toString('base64url');
  const { numAffectedRows } = await sql`insert into auth_verification (id, identifier, value, "expiresAt")
    select ${randomUUID()}, ${identifierOf(token)}, auth_user_id, now() + make_interval(hours => ${hours})
    from people where id = ${personId} and status = 'active' and auth_user_id is not null`.execute(tx);
  return numAffectedRows ? token : null;
}

/** Refuses a link that is used, over, or never was. */
export async function checkPasswordLink(db: Db, token: string): Promise<void> {
  const { rows } = await sql`select 1 from auth_verification
    join people on people.auth_user_id = value and people.status = 'active'
    where identifier = ${identifierOf(token)} and "expiresAt" > now()`.execute(db);
  if (!rows.length) throw notFound();
}

/** Uses a link: the person has a new password, is signed out everywhere, and his tokens and feed key end. */
export async function choosePassword(tx: Tx, token: string, password: string): Promise<void> {
  const { rows } = await sql<{ id: string; authUserId: string }>`
    delete from auth_verification using people
    where people.auth_user_id = value and people.status = 'active'
      and identifier = ${identifierOf(token)} and "expiresAt" > now()
    returning people.id, people.auth_user_id as "authUserId"`.execute(tx);
  const person = rows[0];
  if (!person) throw notFound();
  await setPassword(tx, person.authUserId, password);
  await endAllSessions(tx, person.id);
  await endAllKeys(tx, person.id);
  await recordEvent(tx, { name: 'person.password_changed', actorId: person.id, subjectId: person.id });
}

function identifierOf(token: string): string {
  return `password-link:${hashOf(token)}`;
}
