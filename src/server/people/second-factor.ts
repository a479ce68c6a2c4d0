import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { inTransaction, type Db } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { accountsAt } from './accounts.ts';
import { requirePassword } from './email.ts';
import { proved, type Admission, type Visitor } from './sign-in.ts';

/** Whether a code follows the actor's password, and how many backup codes he might have. */
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
  backupCodes: string[];
}

/** Begins: the secret for the authenticator and the backup codes. Nothing changes until a first code is given. */
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
  const { totpURI: uri, backupCodes } = begun as { totpURI: string; backupCodes: string[] };
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return { uri, secret: secret.replace(/(.{4})(?=.)/g, '$1 '), backupCodes };
}

/** Ends the beginning: a first right code turns the second factor on. */
export async function confirmSecondFactor(
  db: Db,
  actor: Actor,
  visitor: Visitor,
  code: string,
): Promise<Admission> {
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
  return { cookies: headers.getSetCookie() };
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

async function record(db: Db, actor: Actor, name: string): Promise<void> {
  await inTransaction(db, (tx) => recordEvent(tx, { name, actorId: actor.id, subjectId: actor.id }));
}
