import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Db } from '../platform/db.ts';
import { log } from '../platform/log.ts';
import { makeBackupCodes } from './backup-codes.ts';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from './password.ts';
import { sessionSecret } from './secret.ts';
import { SESSION_DAYS } from './session.ts';

const DAY = 86_400;

/** How accounts are proved: passwords, second factors, passkeys and the sessions they open. */
export type Accounts = ReturnType<typeof makeAccounts>;

const made = new WeakMap<Db, Map<string, Accounts>>();
/** Without ORIGIN, the address is what the request says, which anybody may invent. */
const MOST_ORIGINS = 20;

/** The accounts as they are proved at one address: passkeys and secure cookies belong to it. */
export async function accountsAt(db: Db, origin: string): Promise<Accounts> {
  const secret = await sessionSecret(db);
  let here = made.get(db);
  if (!here) made.set(db, (here = new Map()));
  let accounts = here.get(origin);
  if (!accounts) {
    if (here.size >= MOST_ORIGINS) here.clear();
    here.set(origin, (accounts = makeAccounts(db, origin, secret)));
  }
  return accounts;
}

function makeAccounts(db: Db, origin: string, secret: string) {
  return betterAuth({
    appName: 'Essaim',
    baseURL: origin,
    secret,
    database: { db, type: 'postgres' },
    user: { modelName: 'auth_user' },
    session: {
      modelName: 'auth_session',
      expiresIn: SESSION_DAYS * DAY,
      updateAge: DAY,
      // Whatever needs a fresh proof asks for the password itself.
      freshAge: 0,
    },
    account: { modelName: 'auth_account' },
    verification: { modelName: 'auth_verification', storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    databaseHooks: { session: { create: { before: async ({ userId }) => isActive(db, userId) } } },
    plugins: [
      twoFactor({
        schema: { twoFactor: { modelName: 'auth_two_factor' } },
        backupCodeOptions: { customBackupCodesGenerate: makeBackupCodes },
      }),
      passkey({
        rpID: new URL(origin).hostname,
        rpName: 'Essaim',
        origin,
        schema: { passkey: { modelName: 'auth_passkey' } },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          // A passkey stands for both factors, so the device must have asked who holds it.
          afterVerification: ({ verification }) => {
            if (!verification.authenticationInfo.userVerified) throw new APIError('UNAUTHORIZED');
          },
        },
      }),
    ],
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: 'error', log: (_level, message) => log.error('accounts', { message }) },
    advanced: {
      cookiePrefix: 'essaim',
      useSecureCookies: origin.startsWith('https:'),
      ipAddress: { disableIpTracking: true },
    },
  });
}

/** A session opens for an active person only; the answer is the same as for a wrong password. */
async function isActive(db: Db, authUserId: string): Promise<boolean> {
  const person = await db
    .selectFrom('people')
    .select('id')
    .where('auth_user_id', '=', authUserId)
    .where('status', '=', 'active')
    .executeTakeFirst();
  return person !== undefined;
}
