import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { accountsAt } from './accounts.ts';
import { requirePassword } from './email.ts';
import { proved, type Admission, type Visitor } from './sign-in.ts';

/** Whether a code follows the actor's password. */
export async function hasSecondFactor(db: Db, actor: Actor): Promise<boolean> {
  const { rows } = await sql`select 1 from auth_user join people on people.auth_user_id = auth_user.id
    where people.id = ${actor.id} and "twoFactorEnabled"`.execute(db);
  return rows.length > 0;
}

export interface Enrolment {
  /** `otpauth://...`: what the QR code holds. */
  uri: string;
  /** The same secret, for typing, in groups of four. */
  secret: string;
}

/** Begins: the secret for the authenticator. Nothing changes until a first code is given. */
export async function beginSecondFactor(
  db: Db,
  actor: Actor,
  visitor: Visitor,
  input: { password: string; network: string },
): Promise<Enrolment> {
  await requirePassword(db, actor, input.password);
  const { api } = await accountsAt(db, visitor.origin);
  const begun = await proved(
    () =>
      api.enableTwoFactor({
        body: { password: input.password, method: 'totp', issuer: input.network },
        headers: visitor.headers,
      }),
    'second_factor_on',
  );
  const { totpURI: uri } = begun as { totpURI: string };
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return { uri, secret: secret.replace(/(.{4})(?=.)/g, '$1 ') };
}

/** Ends the beginning: a first right code turns the second factor on. The backup codes are told now that they open. */
export async function confirmSecondFactor(
  db: Db,
  actor: Actor,
  visitor: Visitor,
  code: string,
): Promise<Admission & { backupCodes: string[] }> {
  const { api } = await accountsAt(db, visitor.origin);
  const { headers } = await proved(
    () =>
      api.verifyTOTP({
        body: { code: code.replace(/\s/g, '') },
        headers: visitor.headers,
        returnHeaders: true,
      }),
    'wrong_code',
  );
  await record(db, actor, 'person.second_factor_on');
  return { cookies: headers.getSetCookie(), backupCodes: await backupCodesOf(db, actor, visitor) };
}

/** Turns the second factor off. */
export async function endSecondFactor(
  db: Db,
  actor: Actor,
  visitor: Visitor,
  password: string,
): Promise<Admission> {
  await requirePassword(db, actor, password);
  const { api } = await accountsAt(db, visitor.origin);
  const { headers } = await proved(() =>
    api.disableTwoFactor({ body: { password }, headers: visitor.headers, returnHeaders: true }),
  );
  await record(db, actor, 'person.second_factor_off');
  return { cookies: headers.getSetCookie() };
}

/** New backup codes; the old ones are void. */
export async function renewBackupCodes(
  db: Db,
  actor: Actor,
  visitor: Visitor,
  password: string,
): Promise<string[]> {
  await requirePassword(db, actor, password);
  const { api } = await accountsAt(db, visitor.origin);
  const { backupCodes } = await proved(() =>
    api.generateBackupCodes({ body: { password }, headers: visitor.headers }),
  );
  await record(db, actor, 'person.backup_codes_renewed');
  return backupCodes;
}

/** How many of the actor's backup codes still open. */
export async function backupCodesLeft(db: Db, actor: Actor, visitor: Visitor): Promise<number> {
  return (await backupCodesOf(db, actor, visitor)).length;
}

/** Takes a person's second factor off, for whoever lost both his telephone and his codes. The caller says who may. */
export async function dropSecondFactor(tx: Tx, personId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from auth_two_factor using people
    where people.auth_user_id = auth_two_factor."userId" and people.id = ${personId}`.execute(tx);
  await sql`update auth_user set "twoFactorEnabled" = false from people
    where people.auth_user_id = auth_user.id and people.id = ${personId}`.execute(tx);
  return Boolean(numAffectedRows);
}

async function backupCodesOf(db: Db, actor: Actor, visitor: Visitor): Promise<string[]> {
  const { auth_user_id: userId } = await db
    .selectFrom('people')
    .select('auth_user_id')
    .where('id', '=', actor.id)
    .executeTakeFirstOrThrow();
  if (!userId) return [];
  const { api } = await accountsAt(db, visitor.origin);
  return (await api.viewBackupCodes({ body: { userId } })).backupCodes;
}

async function record(db: Db, actor: Actor, name: string): Promise<void> {
  await inTransaction(db, (tx) => recordEvent(tx, { name, actorId: actor.id, subjectId: actor.id }));
}
