import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { invalid, notFound } from '../errors.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { accountsAt } from './accounts.ts';
import { requirePassword } from './email.ts';
import type { MadePasskey } from './passkey-answer.ts';
import { proved, type Visitor } from './sign-in.ts';

export interface PasskeyView {
  id: string;
  name: string;
  createdAt: string;
}

/** The actor's passkeys, the newest first. */
export async function passkeysOf(db: Db, actor: Actor): Promise<PasskeyView[]> {
  const { rows } = await sql<PasskeyView>`select auth_passkey.id, coalesce(auth_passkey.name, '') as name,
      to_char(auth_passkey."createdAt" at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt"
    from auth_passkey join people on people.auth_user_id = auth_passkey."userId"
    where people.id = ${actor.id} order by auth_passkey."createdAt" desc limit 100`.execute(db);
  return rows;
}

/** What the browser must sign to make a passkey. Asks for the password: a passkey opens the account for good. */
export async function beginPasskey(db: Db, actor: Actor, visitor: Visitor, password: string) {
  await requirePassword(db, actor, password);
  const { api } = await accountsAt(db, visitor.origin);
  const { response, headers } = await proved(() =>
    api.generatePasskeyRegistrationOptions({ headers: visitor.headers, returnHeaders: true }),
  );
  return { options: response, cookies: headers.getSetCookie() };
}

/** Keeps a passkey that the browser made. */
export async function addPasskey(
  db: Db,
  actor: Actor,
  visitor: Visitor,
  input: { name: string; response: MadePasskey },
): Promise<string[]> {
  const name = checkName(input.name);
  const { api } = await accountsAt(db, visitor.origin);
  const { headers } = await proved(
    () =>
      api.verifyPasskeyRegistration({
        body: { name, response: input.response },
        headers: visitor.headers,
        returnHeaders: true,
      }),
    'passkey_refused',
  );
  await inTransaction(db, (tx) => record(tx, actor, 'person.passkey_added'));
  return headers.getSetCookie();
}

/** Gives one of the actor's passkeys another name. */
export async function renamePasskey(tx: Tx, actor: Actor, id: string, name: string): Promise<void> {
  const { numAffectedRows } = await sql`update auth_passkey set name = ${checkName(name)} from people
    where people.auth_user_id = auth_passkey."userId" and people.id = ${actor.id} and auth_passkey.id = ${id}`.execute(
    tx,
  );
  if (!numAffectedRows) throw notFound();
  await record(tx, actor, 'person.passkey_renamed');
}

/** Removes one of the actor's passkeys: it opens nothing any more. */
export async function removePasskey(tx: Tx, actor: Actor, id: string): Promise<void> {
  const { numAffectedRows } = await sql`delete from auth_passkey using people
    where people.auth_user_id = auth_passkey."userId" and people.id = ${actor.id} and auth_passkey.id = ${id}`.execute(
    tx,
  );
  if (!numAffectedRows) throw notFound();
  await record(tx, actor, 'person.passkey_removed');
}

function checkName(text: string): string {
  const name = text.replace(/\s+/g, ' ').trim();
  if (!name) throw invalid('name', 'name_missing');
  if (name.length > 90) throw invalid('name', 'text_too_long');
  return name;
}

function record(tx: Tx, actor: Actor, name: string): Promise<void> {
  return recordEvent(tx, { name, actorId: actor.id, subjectId: actor.id });
}
