import { randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import { sql } from 'kysely';
import { invalid } from '../errors.ts';
import type { Tx } from '../platform/db.ts';

export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 128;

/** Refuses a password that is too short or too long. No other rule: length is what protects. */
function checkPassword(password: string, field = 'password'): void {
  if (password.length < SHORTEST_PASSWORD) throw invalid(field, 'password_too_short');
  if (password.length > LONGEST_PASSWORD) throw invalid(field, 'password_too_long');
}

/** Voids every link that was mailed for an account: to choose a password, to confirm an address. */
export async function endMailedLinks(tx: Tx, authUserId: string): Promise<void> {
  await sql`delete from auth_verification where split_part(value, ' ', 1) = ${authUserId}
    and (identifier like 'password-link:%' or identifier like 'email-link:%')`.execute(tx);
}

/** Gives an account its password, in place of the one it may have. Links mailed before are void. */
export async function setPassword(tx: Tx, authUserId: string, password: string): Promise<void> {
  checkPassword(password);
  const hash = await hashPassword(password);
  await endMailedLinks(tx, authUserId);
  const { numAffectedRows } = await sql`update auth_account set password = ${hash}, "updatedAt" = now()
    where "userId" = ${authUserId} and "providerId" = 'credential'`.execute(tx);
  if (numAffectedRows) return;
  await sql`insert into auth_account (id, "accountId", "providerId", "userId", password)
    values (${randomUUID()}, ${authUserId}, 'credential', ${authUserId}, ${hash})`.execute(tx);
}
