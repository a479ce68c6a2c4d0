import { isAPIError } from 'better-auth/api';
import { Refusal } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { accountsAt } from './accounts.ts';
import { hashOf } from './actor.ts';
import { tidyBackupCode } from './backup-codes.ts';
import { countAttempt, forgiveAttempt, placeOf, type Limit } from './attempts.ts';
import { LONGEST_PASSWORD } from './password.ts';
import type { SignedChallenge } from './passkey-answer.ts';

/** The browser at the door. */
export interface Visitor {
  /** The address of the network as this browser sees it: `https://reseau.example`. */
  origin: string;
  /** Its request headers: cookies and the name of the browser. */
  headers: Headers;
  /** Where it calls from; attempts are counted by it, it is never stored. */
  ip: string;
}

/** What a visitor takes away: cookies to set, as `Set-Cookie` says them. */
export interface Admission {
  cookies: string[];
}

const QUARTER = 900;

/**
 * Signs in with a password. `second` says that a code must follow. Wrong address, wrong password and deactivated
 * person are refused alike, after the same work.
 */
export async function signIn(
  db: Db,
  visitor: Visitor,
  input: { email: string; password: string },
): Promise<Admission & { second: boolean }> {
  const email = input.email.trim().toLowerCase();
  const limits = signInLimits(email, visitor.ip);
  await countAttempt(db, limits);
  const { api } = await accountsAt(db, visitor.origin);
  const body = { email, password: input.password.slice(0, LONGEST_PASSWORD) };
  const { response, headers } = await proved(() =>
    api.signInEmail({ body, headers: visitor.headers, returnHeaders: true }),
  );
  await forgiveAttempt(db, limits);
  return { cookies: headers.getSetCookie(), second: 'twoFactorRedirect' in response };
}

/**
 * The second step: a code from the authenticator, or one of the backup codes. After a few wrong ones, or ten minutes, it
 * is over (`code_over`): the password is to be given again.
 */
export async function signInWithCode(
  db: Db,
  visitor: Visitor,
  input: { code: string; backup?: boolean },
): Promise<Admission> {
  const limits = [{ key: `code ip ${placeOf(visitor.ip)}`, most: 60, seconds: QUARTER }];
  await countAttempt(db, limits);
  const { api } = await accountsAt(db, visitor.origin);
  const code = input.backup ? tidyBackupCode(input.code) : input.code.replace(/\s/g, '');
  const call = { body: { code }, headers: visitor.headers, returnHeaders: true } as const;
  const { headers } = await proved(
    () => (input.backup ? api.verifyBackupCode(call) : api.verifyTOTP(call)),
    'wrong_code',
  );
  await forgiveAttempt(db, limits);
  return { cookies: headers.getSetCookie() };
}

/** What the browser's passkeys must sign, for a visitor who has not said who he is. */
export async function passkeyChallenge(db: Db, visitor: Visitor) {
  await countAttempt(db, [{ key: `passkey ip ${placeOf(visitor.ip)}`, most: 100, seconds: QUARTER }]);
  const { api } = await accountsAt(db, visitor.origin);
  const { response, headers } = await api.generatePasskeyAuthenticationOptions({
    headers: visitor.headers,
    returnHeaders: true,
  });
  return { options: response, cookies: headers.getSetCookie() };
}

/** Signs in with what a passkey signed. */
export async function signInWithPasskey(
  db: Db,
  visitor: Visitor,
  response: SignedChallenge,
): Promise<Admission> {
  const { api } = await accountsAt(db, visitor.origin);
  const { headers } = await proved(
    () =>
      api.verifyPasskeyAuthentication({ body: { response }, headers: visitor.headers, returnHeaders: true }),
    'passkey_refused',
  );
  return { cookies: headers.getSetCookie() };
}

/**
 * From one place: ten tries at one address. From anywhere: fifty, so that the owner of an address cannot be shut out
 * cheaply. At any address from one place: a hundred, for an office behind one door.
 */
function signInLimits(email: string, ip: string): Limit[] {
  const address = hashOf(email).slice(0, 32);
  const place = placeOf(ip);
  return [
    { key: `sign-in ${address} ${place}`, most: 10, seconds: QUARTER },
    { key: `sign-in ${address}`, most: 50, seconds: QUARTER },
    { key: `sign-in ip ${place}`, most: 100, seconds: QUARTER },
  ];
}

/** What no code helps against any more. */
const STEP_OVER = new Set(['INVALID_TWO_FACTOR_COOKIE', 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE']);

/** Runs a proof; whatever it is refused for is said with one reason. */
export async function proved<T>(prove: () => Promise<T>, reason = 'wrong_sign_in'): Promise<T> {
  try {
    return await prove();
  } catch (error) {
    if (!isAPIError(error)) throw error;
    if (error.statusCode === 429) throw new Refusal('too_many', 'too_many_attempts', undefined, QUARTER);
    const over = STEP_OVER.has(String(error.body?.code));
    throw new Refusal('unauthenticated', over ? 'code_over' : reason);
  }
}
