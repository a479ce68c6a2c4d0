import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf, worldPassword } from '../../../tests/world.ts';
import type { Role } from '../actor.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { acceptInvitation, readInvitation } from './accept.ts';
import { actorFromSession } from './actor.ts';
import { createPerson } from './create.ts';
import { handleFromName } from './handle.ts';
import { createInvitation, openInvitations, revokeInvitation } from './invite.ts';
import { checkPasswordLink, choosePassword, createPasswordLink } from './password-link.ts';
import { checkSetupKey, readNetwork, setUp, setupLink } from './setup.ts';
import { signIn } from './sign-in.ts';

const { db } = await testDatabase();
const empty = (await testDatabase('empty')).db;
const write = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
const [helene, nadia, thomas, claire] = await Promise.all(
  ['helene.dargent', 'nadia.rahmani', 'thomas.gauthier', 'claire.martin'].map((handle) =>
    actorOf(db, handle),
  ),
).then(
  (people) => people as [(typeof people)[0], (typeof people)[0], (typeof people)[0], (typeof people)[0]],
);
const visitor = { origin: 'http://localhost:3000', headers: new Headers(), ip: '192.0.2.1' };
const password = 'un mot de passe';

beforeEach(() => sql`delete from attempts`.execute(db));

describe('the setup link', () => {
  const network = { network: 'Maison', language: 'fr', address: 'http://localhost:3000' } as const;
  const owner = { name: 'Ève', email: 'Eve@maison.example', password };

  test('opens an empty network once, whoever submits at the same moment', async () => {
    const link = await setupLink(empty, 'http://localhost:3000');
    expect(await setupLink(empty, 'http://localhost:3000')).toBe(link);
    const key = new URL(link ?? '').searchParams.get('key') ?? '';
    await checkSetupKey(empty, key);
    const open = (input: { key: string; email?: string; password?: string }) =>
      inTransaction(empty, (tx) => setUp(tx, { ...network, ...owner, ...input }));

    await expect(open({ key: 'guess' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(open({ key, password: 'short' })).rejects.toMatchObject({
      fields: { password: 'password_too_short' },
    });
    expect(await readNetwork(empty)).toBeNull();

    const both = await Promise.allSettled([open({ key }), open({ key, email: 'other@maison.example' })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { reason: 'already_set_up' },
    });
    expect(await readNetwork(empty)).toEqual({ name: 'Maison', language: 'fr' });
    expect(await setupLink(empty, 'http://localhost:3000')).toBeNull();
    await expect(checkSetupKey(empty, key)).rejects.toMatchObject({ reason: 'already_set_up' });
  });
});

describe('a handle', () => {
  test.each([
    ['Hélène d’Argent', 'helene.d.argent'],
    ['Łukasz Œuvré-Straße', 'lukasz.oeuvre.strasse'],
    ['محمد', 'personne'],
    ['  —  ', 'personne'],
    ['A'.repeat(90), 'a'.repeat(40)],
    ["Robert'); DROP TABLE people;--", 'robert.drop.table.people'],
  ])('of %j is %s', (name, handle) => expect(handleFromName(name)).toBe(handle));

  test('is free, even when people of one name arrive together', async () => {
    const arrive = () => write((tx) => createPerson(tx, { name: 'Jean Dupont' }));
    const arrived = await Promise.all(Array.from({ length: 6 }, arrive));
    expect(new Set(arrived.map(({ handle }) => handle)).size).toBe(6);
    expect(arrived.map(({ handle }) => handle)).toContain('jean.dupont');
  });

  test('and an address belong to one person', async () => {
    const make = (input: { handle?: string; email?: string }) =>
      write((tx) => createPerson(tx, { name: 'Somebody', ...input }));
    await make({ handle: 'somebody', email: 'somebody@x.example' });
    await expect(make({ handle: 'somebody' })).rejects.toMatchObject({ reason: 'handle_taken' });
    await expect(make({ email: 'SOMEBODY@x.example' })).rejects.toMatchObject({ reason: 'email_taken' });
    for (const email of ['x', 'x@y', 'a b@y.example', 'x@y.example, z@y.example', '@y.example']) {
      await expect(make({ email })).rejects.toMatchObject({ reason: 'bad_email' });
    }
  });
});

describe('an invitation', () => {
  const invite = (actor = nadia, input: Parameters<typeof createInvitation>[2] = {}) =>
    write((tx) => createInvitation(tx, actor, input));
  const accept = (token: string, input: { email?: string; name?: string; password?: string } = {}) =>
    write((tx) => acceptInvitation(tx, { token, name: 'Luc', password, ...input }));

  test('for one person opens once', async () => {
    const { token } = await invite(nadia, { email: 'Luc@x.example', role: 'moderator' });
    expect(await readInvitation(db, token)).toMatchObject({ invitedBy: nadia.name, email: 'luc@x.example' });
    await expect(accept(token, { password: 'short' })).rejects.toMatchObject({ code: 'invalid' });
    const both = await Promise.allSettled([accept(token), accept(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(readInvitation(db, token)).rejects.toMatchObject({ code: 'not_found' });
    const { cookies } = await signIn(db, visitor, { email: 'luc@x.example', password });
    expect(await actorFromSession(db, cookies.join('; '))).toMatchObject({ name: 'Luc', role: 'moderator' });
  });

  test('for several holds for its domains and its term, until it is closed', async () => {
    const { id, token } = await invite(nadia, { allowedDomains: ['X.example', '@y.example'], days: 1 });
    await accept(token, { email: 'one@x.example' });
    await accept(token, { email: 'two@Y.example' });
    for (const email of ['three@z.example', 'three@sub.x.example', 'three@x.example.evil.example']) {
      await expect(accept(token, { email })).rejects.toMatchObject({ reason: 'domain_not_allowed' });
    }
    const over = (hours: number) =>
      sql`update invitations set expires_at = now() + make_interval(hours => ${hours}) where id = ${id}`.execute(
        db,
      );
    await over(-1);
    await expect(accept(token, { email: 'four@x.example' })).rejects.toMatchObject({ code: 'not_found' });
    await over(1);
    await accept(token, { email: 'four@x.example' });
    await write((tx) => revokeInvitation(tx, helene, id));
    await expect(accept(token, { email: 'five@x.example' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(readInvitation(db, 'guess')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('ends with the account, or the role, that gave it', async () => {
    const { id: hostId } = await write((tx) =>
      createPerson(tx, { name: 'Hôte', email: 'hote@x.example', role: 'admin' }),
    );
    const host = { ...nadia, id: hostId };
    const { id, token } = await invite(host, { role: 'admin' });
    await accept(token, { email: 'early@x.example' });
    const change = (to: { role?: Role; status?: 'active' | 'deactivated' }) =>
      db.updateTable('people').set(to).where('id', '=', hostId).execute();
    for (const gone of [
      { role: 'moderator' },
      { role: 'member' },
      { role: 'admin', status: 'deactivated' },
    ] as const) {
      await change(gone);
      await expect(readInvitation(db, token)).rejects.toMatchObject({ code: 'not_found' });
      await expect(accept(token, { email: 'back@x.example' })).rejects.toMatchObject({ code: 'not_found' });
      expect((await openInvitations(db, helene)).map((one) => one.id)).not.toContain(id);
    }
    await change({ role: 'admin', status: 'active' });
    await accept(token, { email: 'late@x.example' });
  });

  test('comes from those who keep order, and gives nobody more than they have', async () => {
    await expect(invite(claire)).rejects.toMatchObject({ reason: 'inviters_only' });
    await expect(invite(nadia, { role: 'owner' })).rejects.toMatchObject({ reason: 'role_above_own' });
    await expect(invite(thomas, { role: 'admin' })).rejects.toMatchObject({ reason: 'role_above_own' });
    await invite(helene, { role: 'owner', email: 'next@x.example' });
    const { id } = await invite(thomas, { role: 'moderator' });
    expect((await openInvitations(db, thomas)).map((one) => one.id)).toEqual([id]);
    expect((await openInvitations(db, nadia)).map((one) => one.id)).toContain(id);
    await expect(openInvitations(db, claire)).rejects.toMatchObject({ code: 'forbidden' });

    const other = await invite(nadia);
    await expect(write((tx) => revokeInvitation(tx, thomas, other.id))).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(write((tx) => revokeInvitation(tx, nadia, 'x'))).rejects.toMatchObject({
      code: 'not_found',
    });
    await write((tx) => revokeInvitation(tx, nadia, id));
  });

  test.each([
    { days: 0 },
    { days: 400 },
    { days: 1.5 },
    { allowedDomains: ['not a domain'] },
    { email: 'x' },
  ])('refuses %j', (input) => expect(invite(nadia, input)).rejects.toMatchObject({ code: 'invalid' }));
});

describe('a password link', () => {
  test('lets its reader choose once, and signs him out everywhere', async () => {
    const { email } = await db
      .selectFrom('people')
      .select('email')
      .where('id', '=', claire.id)
      .executeTakeFirstOrThrow();
    const { cookies } = await signIn(db, visitor, { email: email ?? '', password: worldPassword });
    const link = async () => (await write((tx) => createPasswordLink(tx, claire.id, 1))) ?? '';
    const [token, older] = [await link(), await link()];
    await checkPasswordLink(db, token);
    const choose = (given: string, chosen = 'une autre phrase') =>
      write((tx) => choosePassword(tx, given, chosen));
    await expect(choose(token, 'short')).rejects.toMatchObject({ code: 'invalid' });
    await expect(choose('guess')).rejects.toMatchObject({ code: 'not_found' });
    await choose(token);
    expect(await actorFromSession(db, cookies.join('; '))).toBeNull();
    await signIn(db, visitor, { email: email ?? '', password: 'une autre phrase' });
    for (const used of [token, older]) {
      await expect(checkPasswordLink(db, used)).rejects.toMatchObject({ code: 'not_found' });
      await expect(choose(used)).rejects.toMatchObject({ code: 'not_found' });
    }
    const late = (await write((tx) => createPasswordLink(tx, claire.id, 0))) ?? '';
    await expect(choose(late)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('is not made for somebody without an account', async () => {
    const { id } = await write((tx) =>
      createPerson(tx, { name: 'Outside', email: 'o@x.example', status: 'outside' }),
    );
    expect(await write((tx) => createPasswordLink(tx, id, 1))).toBeNull();
  });
});
