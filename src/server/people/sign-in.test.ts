import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { codeOf } from '../../../tests/authenticator.ts';
import { testDatabase } from '../../../tests/database.ts';
import { inOneWindow } from '../../../tests/one-window.ts';
import { actorOf, worldPassword } from '../../../tests/world.ts';
import type { Actor } from '../actor.ts';
import { inTransaction } from '../platform/db.ts';
import { actorFromSession } from './actor.ts';
import { placeOf } from './attempts.ts';
import { deactivatePerson, liftSecondFactor, reactivatePerson } from './roles.ts';
import { backupCodesLeft, beginSecondFactor, confirmSecondFactor, endSecondFactor } from './second-factor.ts';
import { readSession } from './session.ts';
import { endOtherSessions, endSession, sessionsOf } from './sessions.ts';
import { signIn, signInWithCode, type Visitor } from './sign-in.ts';

const { db } = await testDatabase();
const claire = await actorOf(db, 'claire.martin');
const helene = await actorOf(db, 'helene.dargent');
const { email = '' } = (await db
  .selectFrom('people')
  .select('email')
  .where('id', '=', claire.id)
  .executeTakeFirstOrThrow()) as { email: string };

function visitor(cookie = '', ip = '192.0.2.1'): Visitor {
  return { origin: 'http://localhost:3000', ip, headers: new Headers({ cookie, 'user-agent': 'Firefox' }) };
}

/** The `Cookie` header of a browser that took these cookies away. */
function carried(cookies: string[]): string {
  return cookies.map((cookie) => cookie.split(';')[0]).join('; ');
}

async function signedIn(): Promise<string> {
  return carried((await signIn(db, visitor(), { email, password: worldPassword })).cookies);
}

beforeEach(() => sql`delete from attempts`.execute(db));

describe('a password', () => {
  test('opens a session for the right one only, and says nothing more', async () => {
    const cookie = await signedIn();
    expect(await actorFromSession(db, cookie)).toEqual(claire);

    const refused = { code: 'unauthenticated', reason: 'wrong_sign_in' };
    const tries = [
      { email, password: 'une autre pompe' },
      { email: 'nobody@aubrelle.example', password: worldPassword },
      { email: 'no address', password: worldPassword },
      { email, password: '' },
      { email: `${email}\0`, password: worldPassword },
    ];
    for (const input of tries) await expect(signIn(db, visitor(), input)).rejects.toMatchObject(refused);
  });

  test('costs as much work for an address that does not exist', async () => {
    const work = async (address: string) => {
      const start = process.cpuUsage();
      await signIn(db, visitor(), { email: address, password: 'wrong password' }).catch(() => undefined);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    let [known, unknown] = [Infinity, Infinity];
    // The least of several: whatever else the process does meanwhile only adds to it.
    for (let time = 0; time < 4; time += 1) {
      known = Math.min(known, await work(email));
      unknown = Math.min(unknown, await work('nobody@aubrelle.example'));
    }
    // Hashing is nearly all of it: without it, the second would be a tenth of the first.
    expect(unknown / known).toBeGreaterThan(0.4);
    expect(unknown / known).toBeLessThan(2.5);
  });

  test('may be tried ten times from one place, whether the address exists or not', async () => {
    await inOneWindow(db);
    for (const address of [email, 'nobody@aubrelle.example']) {
      const attempt = () => signIn(db, visitor(), { email: address, password: 'wrong password' });
      await expect(attempt()).rejects.toMatchObject({ reason: 'wrong_sign_in' });
      await sql`update attempts set count = greatest(count, 9)`.execute(db);
      await expect(attempt()).rejects.toMatchObject({ reason: 'wrong_sign_in' });
      await expect(attempt()).rejects.toMatchObject({
        code: 'too_many',
        retryAfterSeconds: expect.any(Number),
      });
    }
    const right = { email, password: worldPassword };
    await expect(signIn(db, visitor(), right)).rejects.toMatchObject({ code: 'too_many' });
    await signIn(db, visitor('', '198.51.100.7'), right);
  });

  test('that one place goes on trying shuts its owner out at that place only', async () => {
    await inOneWindow(db);
    const wrong = () => signIn(db, visitor(), { email, password: 'wrong password' });
    await expect(wrong()).rejects.toMatchObject({ reason: 'wrong_sign_in' });
    await sql`update attempts set count = 10`.execute(db);
    for (let tries = 0; tries < 100; tries++)
      await expect(wrong()).rejects.toMatchObject({ code: 'too_many' });
    await signIn(db, visitor('', '198.51.100.7'), { email, password: worldPassword });
    const other = { email: 'nobody@aubrelle.example', password: 'wrong password' };
    await expect(signIn(db, visitor(), other)).rejects.toMatchObject({ reason: 'wrong_sign_in' });
  });
});

test.each([
  ['2001:db8:1:2::a', '2001:db8:1:2:ffff:1:2:3', true],
  ['2001:db8::', '2001:0db8:0:0:1::', true],
  ['fe80::1%eth0', 'fe80::2', true],
  ['2001:db8:1:2::a', '2001:db8:1:3::a', false],
  ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
  ['::1', '192.0.2.1', false],
  ['192.0.2.1', '192.0.2.2', false],
  ['192.0.2.1:50123', '192.0.2.1', true],
  ['[2001:db8::1]:50123', '2001:db8::2', true],
  ['unknown', 'unix:', false],
])('%s and %s are one place to try from: %s', (one, other, same) => {
  expect(placeOf(one) === placeOf(other)).toBe(same);
});

describe('a session', () => {
  test('is not believed when its cookie was made or changed by somebody else', async () => {
    const cookie = await signedIn();
    const [name, value = ''] = cookie.split('=');
    const token = decodeURIComponent(value).split('.')[0] ?? '';
    const forged = createHmac('sha256', 'guess').update(token).digest('base64');
    for (const bad of [token, `${token}.`, `${token}.${forged}`, `x${decodeURIComponent(value)}`, '%', '']) {
      expect(await actorFromSession(db, `${name}=${bad}`)).toBeNull();
      expect(await actorFromSession(db, `${name}=${encodeURIComponent(bad)}`)).toBeNull();
    }
    expect(await actorFromSession(db, null)).toBeNull();
    expect(await actorFromSession(db, `other=1; ${cookie}`)).toEqual(claire);
  });

  test('lives longer each day it is used, and ends when it is over', async () => {
    const cookie = await signedIn();
    const session = await readSession(db, cookie);
    expect(session?.extended).toBe(false);
    const age = (days: number) =>
      sql`update auth_session set "updatedAt" = "updatedAt" - make_interval(days => ${days}),
        "expiresAt" = "expiresAt" - make_interval(days => ${days}) where id = ${session?.id}`.execute(db);
    await age(2);
    expect((await readSession(db, cookie))?.extended).toBe(true);
    expect((await readSession(db, cookie))?.extended).toBe(false);
    await age(31);
    expect(await readSession(db, cookie)).toBeNull();
  });

  test('can be seen and ended by its owner, one or all the others', async () => {
    const [here, there, elsewhere] = [await signedIn(), await signedIn(), await signedIn()];
    const current = await readSession(db, here);
    const other = await readSession(db, there);
    expect((await sessionsOf(db, claire)).map(({ id }) => id)).toContain(other?.id);

    const ending = (actor = claire) =>
      db.transaction().execute((tx) => endSession(tx, actor, other?.id ?? ''));
    await expect(ending(helene)).rejects.toMatchObject({ code: 'not_found' });
    expect(await actorFromSession(db, there)).toEqual(claire);
    await ending();
    expect(await actorFromSession(db, there)).toBeNull();

    await db.transaction().execute((tx) => endOtherSessions(tx, claire, current?.id ?? null));
    expect(await actorFromSession(db, elsewhere)).toBeNull();
    expect(await actorFromSession(db, here)).toEqual(claire);
  });

  test('ends at once with its person, who cannot come back until he is let in', async () => {
    const cookie = await signedIn();
    await db.transaction().execute((tx) => deactivatePerson(tx, helene, claire.id));
    expect(await actorFromSession(db, cookie)).toBeNull();
    await expect(signedIn()).rejects.toMatchObject({ code: 'unauthenticated', reason: 'wrong_sign_in' });
    await db.transaction().execute((tx) => reactivatePerson(tx, helene, claire.id));
    expect(await actorFromSession(db, cookie)).toBeNull();
    expect(await actorFromSession(db, await signedIn())).toEqual(claire);
  });
});

describe('a second factor', () => {
  test('is asked for after the password, once it was confirmed, until it is turned off', async () => {
    let cookie = await signedIn();
    const begin = (password: string) =>
      beginSecondFactor(db, claire, visitor(cookie), { password, network: 'Aubrelle' });
    await expect(begin('une autre pompe')).rejects.toMatchObject({ reason: 'wrong_password' });
    const { secret, uri } = await begin(worldPassword);
    expect(uri).toContain('issuer=Aubrelle');
    expect((await signIn(db, visitor(), { email, password: worldPassword })).second).toBe(false);

    const confirm = (code: string) => confirmSecondFactor(db, claire, visitor(cookie), code);
    await expect(confirm('000000')).rejects.toMatchObject({ reason: 'wrong_code' });
    const confirmed = await confirm(codeOf(secret));
    const { backupCodes } = confirmed;
    cookie = carried(confirmed.cookies);
    expect(new Set(backupCodes).size).toBe(10);
    expect(await actorFromSession(db, cookie)).toEqual(claire);

    const half = await signIn(db, visitor(), { email, password: worldPassword });
    expect(half.second).toBe(true);
    const waiting = visitor(carried(half.cookies));
    expect(await actorFromSession(db, waiting.headers.get('cookie'))).toBeNull();
    await expect(signInWithCode(db, waiting, { code: '000000' })).rejects.toMatchObject({
      reason: 'wrong_code',
    });
    await expect(signInWithCode(db, visitor(), { code: codeOf(secret) })).rejects.toMatchObject({
      reason: 'code_over',
    });
    const whole = await signInWithCode(db, waiting, { code: codeOf(secret) });
    expect(await actorFromSession(db, carried(whole.cookies))).toEqual(claire);

    const again = await signIn(db, visitor(), { email, password: worldPassword });
    const backup = { code: ` ${backupCodes[0]?.replace('-', ' ')} `, backup: true };
    expect(await backupCodesLeft(db, claire, visitor(cookie))).toBe(10);
    const { cookies } = await signInWithCode(db, visitor(carried(again.cookies)), backup);
    expect(await actorFromSession(db, carried(cookies))).toEqual(claire);
    expect(await backupCodesLeft(db, claire, visitor(cookie))).toBe(9);
    const spent = await signIn(db, visitor(), { email, password: worldPassword });
    await expect(signInWithCode(db, visitor(carried(spent.cookies)), backup)).rejects.toMatchObject({
      reason: 'wrong_code',
    });

    await endSecondFactor(db, claire, visitor(carried(cookies)), worldPassword);
    expect((await signIn(db, visitor(), { email, password: worldPassword })).second).toBe(false);
  });
});

test('a second step that was missed too often is over, and says so', async () => {
  const lucie = await actorOf(db, 'lucie.ferrand');
  const at = { email: 'lucie.ferrand@essaim.example', password: worldPassword };
  const cookie = carried((await signIn(db, visitor(), at)).cookies);
  const { secret } = await beginSecondFactor(db, lucie, visitor(cookie), {
    password: worldPassword,
    network: 'Aubrelle',
  });
  await confirmSecondFactor(db, lucie, visitor(cookie), codeOf(secret));
  const waiting = visitor(carried((await signIn(db, visitor(), at)).cookies));
  const wrong = () => signInWithCode(db, waiting, { code: '000000' });
  for (let count = 0; count < 5; count++)
    await expect(wrong()).rejects.toMatchObject({ reason: 'wrong_code' });
  await expect(wrong()).rejects.toMatchObject({ reason: 'code_over' });
  const right = { code: codeOf(secret) };
  await expect(signInWithCode(db, waiting, right)).rejects.toMatchObject({ reason: 'code_over' });

  const nadia = await actorOf(db, 'nadia.rahmani');
  const lift = (who: Actor, id: string) => inTransaction(db, (tx) => liftSecondFactor(tx, who, id));
  await expect(lift(claire, lucie.id)).rejects.toMatchObject({ reason: 'admins_only' });
  await expect(lift({ ...lucie, role: 'admin' }, lucie.id)).rejects.toMatchObject({
    reason: 'second_factor_own',
  });
  expect((await signIn(db, visitor(), at)).second).toBe(true);
  await lift(nadia, lucie.id);
  expect((await signIn(db, visitor(), at)).second).toBe(false);
});
