import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { inOneWindow } from '../../../tests/one-window.ts';
import { actorOf, worldPassword } from '../../../tests/world.ts';
import type { Actor } from '../actor.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { actorFromFeedKey, actorFromToken } from './actor.ts';
import { createPerson } from './create.ts';
import { changePassword, requirePassword } from './email.ts';
import { feedKeyOf, renewFeedKey, revokeFeedKey } from './feed-key.ts';
import { choosePassword, createPasswordLink } from './password-link.ts';
import { editProfile, ownProfile } from './profile.ts';
import { changeRole, deactivatePerson, reactivatePerson } from './roles.ts';
import { createToken, revokeToken, tokensOf } from './tokens.ts';

const { db } = await testDatabase();
const [helene, nadia, thomas, claire, bernard] = (await Promise.all(
  ['helene.dargent', 'nadia.rahmani', 'thomas.gauthier', 'claire.martin', 'bernard.lecoq'].map((handle) =>
    actorOf(db, handle),
  ),
)) as [Actor, Actor, Actor, Actor, Actor];
const write = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);

describe('a token', () => {
  test('acts as its owner, within its scopes, until it is revoked or over', async () => {
    const { id, token } = await write((tx) => createToken(tx, claire, { name: 'outil', scopes: ['read'] }));
    expect(await actorFromToken(db, token)).toEqual({ ...claire, scopes: ['read'] });
    expect(await actorFromToken(db, token)).toEqual({ ...claire, scopes: ['read'] });
    expect(await tokensOf(db, claire)).toMatchObject([
      { id, name: 'outil', scopes: ['read'], expiresAt: null },
    ]);
    expect((await tokensOf(db, claire))[0]?.lastUsedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(JSON.stringify(await db.selectFrom('api_tokens').selectAll().execute())).not.toContain(token);
    for (const bad of ['', 'essaim_', token.slice(0, -1), `${token}x`, token.replace('essaim_', '')]) {
      expect(await actorFromToken(db, bad)).toBeNull();
    }
    await expect(write((tx) => revokeToken(tx, bernard, id))).rejects.toMatchObject({ code: 'not_found' });
    expect(await actorFromToken(db, token)).not.toBeNull();
    await write((tx) => revokeToken(tx, claire, id));
    expect(await actorFromToken(db, token)).toBeNull();
    await expect(write((tx) => revokeToken(tx, claire, id))).rejects.toMatchObject({ code: 'not_found' });

    const short = await write((tx) => createToken(tx, claire, { name: 'bref', days: 1 }));
    await sql`update api_tokens set expires_at = now() - interval '1 second' where id = ${short.id}`.execute(
      db,
    );
    expect(await actorFromToken(db, short.token)).toBeNull();
    expect(await tokensOf(db, claire)).toEqual([]);
  });

  test('never outlives the token it was made with', async () => {
    const first = await write((tx) => createToken(tx, claire, { name: 'bref', days: 2 }));
    const brief = (await actorFromToken(db, first.token)) as Actor;
    const endOf = async (id: string) => (await tokensOf(db, claire)).find((one) => one.id === id)?.expiresAt;
    const make = (days?: number) => write((tx) => createToken(tx, brief, { name: 'né de lui', days }));
    expect(await endOf((await make()).id)).toBe(await endOf(first.id));
    const shorter = await endOf((await make(1)).id);
    expect(Date.parse(shorter ?? '')).toBeLessThan(Date.now() + 86_400_000 + 1000);
    await expect(make(3)).rejects.toMatchObject({ code: 'forbidden', reason: 'term_above_own' });
    const forever = (await actorFromToken(
      db,
      (await write((tx) => createToken(tx, claire, { name: 'long' }))).token,
    )) as Actor;
    expect(await endOf((await write((tx) => createToken(tx, forever, { name: 'x' }))).id)).toBeNull();
    await sql`delete from api_tokens`.execute(db);
  });

  test('never opens more than its owner, or the key it was made with', () =>
    inRollback(db, async (tx) => {
      const make = (actor: Actor, scopes?: string[]) => createToken(tx, actor, { name: 'x', scopes });
      await make(nadia, ['read', 'admin']);
      await expect(make(claire, ['admin'])).rejects.toMatchObject({ reason: 'scope_above_own' });
      await expect(make({ ...nadia, scopes: ['read'] })).rejects.toMatchObject({ reason: 'scope_above_own' });
      await expect(make(nadia, [])).rejects.toMatchObject({ reason: 'bad_scopes' });
      await expect(make(nadia, ['read', 'root'])).rejects.toMatchObject({ reason: 'bad_scopes' });
      await expect(createToken(tx, nadia, { name: ' ' })).rejects.toMatchObject({ reason: 'name_missing' });
      await expect(createToken(tx, nadia, { name: 'x', days: NaN })).rejects.toMatchObject({
        reason: 'bad_days',
      });
    }));
});

test('a feed key reads as its owner, until it is renewed or revoked', async () => {
  expect(await feedKeyOf(db, claire)).toBeNull();
  const first = await write((tx) => renewFeedKey(tx, claire));
  expect(await actorFromFeedKey(db, first)).toEqual({ ...claire, scopes: ['read'] });
  const second = await write((tx) => renewFeedKey(tx, claire));
  expect(await actorFromFeedKey(db, first)).toBeNull();
  expect(await feedKeyOf(db, claire)).toBe(second);
  await expect(write((tx) => renewFeedKey(tx, { ...claire, scopes: ['read'] }))).rejects.toMatchObject({
    code: 'forbidden',
  });
  await write((tx) => revokeFeedKey(tx, claire));
  expect(await actorFromFeedKey(db, second)).toBeNull();
  for (const bad of ['', "' or 1=1 --", 'é'.repeat(30)]) expect(await actorFromFeedKey(db, bad)).toBeNull();
});

test('an outside author gives his handle up, so that nobody learns of him by it', () =>
  inRollback(db, async (tx) => {
    const outside = { name: 'Odile Ailleurs', status: 'outside' } as const;
    const [first, second] = [await createPerson(tx, outside), await createPerson(tx, outside)];
    expect([first.handle, second.handle]).toEqual(['odile.ailleurs', 'odile.ailleurs-2']);
    await editProfile(tx, claire, { handle: first.handle });
    const newcomer = await createPerson(tx, { name: 'Odile Ailleurs-2', handle: second.handle });
    const { rows } = await sql<{ handle: string }>`select handle from people
      where id in (${claire.id}, ${newcomer.id}, ${first.id}, ${second.id})
      order by array_position(array[${claire.id}, ${newcomer.id}, ${first.id}, ${second.id}]::uuid[], id)`.execute(
      tx,
    );
    expect(rows.map(({ handle }) => handle).slice(0, 2)).toEqual(['odile.ailleurs', 'odile.ailleurs-2']);
    expect(new Set(rows.map(({ handle }) => handle)).size).toBe(4);
    await expect(editProfile(tx, bernard, { handle: 'odile.ailleurs' })).rejects.toMatchObject({
      reason: 'handle_taken',
    });
  }));

test('a guest keeps his handle: nobody tells him which are taken', () =>
  inRollback(db, async (tx) => {
    const pierre = await actorOf(tx, 'pierre.alonzo');
    for (const handle of [claire.handle, 'libre.comme-lair'])
      await expect(editProfile(tx, pierre, { handle })).rejects.toMatchObject({
        reason: 'guests_keep_handle',
      });
    await editProfile(tx, pierre, { handle: pierre.handle, headline: 'De passage' });
    expect(await ownProfile(tx, pierre)).toMatchObject({ handle: pierre.handle, headline: 'De passage' });
  }));

describe('a profile', () => {
  test('keeps what its owner says, and is shown safely', () =>
    inRollback(db, async (tx) => {
      await editProfile(tx, claire, {
        name: '  Claire\n Martin-Rey ',
        handle: '@Claire.Rey',
        bio: 'Bonjour <script>alert(1)</script> **à tous**',
        asksAbout: ['prix', ' prix ', '', 'appels d’offres'],
        website: 'claire.example/blog',
        timeZone: 'Europe/Lisbon',
      });
      const profile = await ownProfile(tx, claire);
      expect(profile).toMatchObject({
        name: 'Claire Martin-Rey',
        handle: 'claire.rey',
        asksAbout: ['prix', 'appels d’offres'],
        website: 'https://claire.example/blog',
        timeZone: 'Europe/Lisbon',
      });
      const { bio_html } = await tx
        .selectFrom('people')
        .select('bio_html')
        .where('id', '=', claire.id)
        .executeTakeFirstOrThrow();
      expect(bio_html).toContain('<strong>à tous</strong>');
      expect(bio_html).not.toContain('<script');
      await editProfile(tx, claire, { website: '' });
      expect(await ownProfile(tx, claire)).toEqual({ ...profile, website: null });
    }));

  test.each([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(121) }],
    ['handle', { handle: 'Hélène' }],
    ['handle', { handle: '../admin' }],
    ['handle', { handle: 'bernard.lecoq' }],
    ['headline', { headline: 'x'.repeat(201) }],
    ['bio', { bio: 'x'.repeat(10_001) }],
    ['asksAbout', { asksAbout: Array.from({ length: 51 }, (_, index) => `s${index}`) }],
    ['language', { language: 'de' }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['website', { website: 'javascript:alert(1)' }],
    ['website', { website: 'http://[' }],
  ])('refuses a bad %s: %j', (field, change) =>
    inRollback(db, async (tx) => {
      await expect(editProfile(tx, claire, change)).rejects.toMatchObject({
        fields: { [field]: expect.any(String) },
      });
    }),
  );
});

describe('the password', () => {
  test('changes behind the current one, which may be guessed at ten times', async () => {
    await inOneWindow(db);
    await requirePassword(db, claire, worldPassword);
    await expect(requirePassword(db, claire, 'guess')).rejects.toMatchObject({ reason: 'wrong_password' });
    await sql`update attempts set count = 9`.execute(db);
    await expect(requirePassword(db, claire, 'guess')).rejects.toMatchObject({ reason: 'wrong_password' });
    await expect(requirePassword(db, claire, worldPassword)).rejects.toMatchObject({ code: 'too_many' });
    await sql`delete from attempts`.execute(db);
  });

  test('is the new one afterwards', () =>
    inRollback(db, async (tx) => {
      await expect(changePassword(tx, claire, { password: 'short', session: null })).rejects.toMatchObject({
        code: 'invalid',
      });
      await changePassword(tx, claire, { password: 'une autre phrase', session: null });
      await requirePassword(tx, claire, 'une autre phrase');
    }));

  test('a new password ends every token and the feed key, chosen by a link or not', () =>
    inRollback(db, async (tx) => {
      const changes = [
        () => changePassword(tx, claire, { password: 'une autre phrase', session: null }),
        async () =>
          choosePassword(tx, (await createPasswordLink(tx, claire.id, 1)) ?? '', 'une autre phrase'),
      ];
      for (const change of changes) {
        const { token } = await createToken(tx, claire, { name: 'outil' });
        const others = await createToken(tx, bernard, { name: 'outil' });
        const key = await renewFeedKey(tx, claire);
        expect(await actorFromToken(tx, token)).not.toBeNull();
        await change();
        expect(await actorFromToken(tx, token)).toBeNull();
        expect(await actorFromFeedKey(tx, key)).toBeNull();
        expect(await actorFromToken(tx, others.token)).not.toBeNull();
      }
    }));
});

describe('roles', () => {
  test('are given by those above, up to their own', () =>
    inRollback(db, async (tx) => {
      await changeRole(tx, nadia, claire.id, 'moderator');
      expect((await actorOf(tx, claire.handle)).role).toBe('moderator');
      await changeRole(tx, nadia, claire.id, 'admin');
      await expect(changeRole(tx, nadia, claire.id, 'owner')).rejects.toMatchObject({
        reason: 'role_above_own',
      });
      await expect(changeRole(tx, nadia, helene.id, 'member')).rejects.toMatchObject({
        reason: 'role_above_own',
      });
      await expect(changeRole(tx, thomas, bernard.id, 'guest')).rejects.toMatchObject({
        reason: 'admins_only',
      });
      await expect(changeRole(tx, nadia, 'x', 'guest')).rejects.toMatchObject({ code: 'not_found' });
    }));

  test('end the animating of whoever becomes a guest', () =>
    inRollback(db, async (tx) => {
      await sql`update memberships set role = 'animator' where person_id = ${claire.id}`.execute(tx);
      const animated = async () =>
        (
          await sql`select 1 from memberships where person_id = ${claire.id} and role = 'animator'`.execute(
            tx,
          )
        ).rows.length;
      await changeRole(tx, nadia, claire.id, 'moderator');
      expect(await animated()).toBeGreaterThan(0);
      await changeRole(tx, nadia, claire.id, 'guest');
      expect(await animated()).toBe(0);
    }));

  test('leave the network an owner', () =>
    inRollback(db, async (tx) => {
      await expect(changeRole(tx, helene, helene.id, 'member')).rejects.toMatchObject({
        reason: 'last_owner',
      });
      await expect(deactivatePerson(tx, helene, helene.id)).rejects.toMatchObject({ reason: 'last_owner' });
      await changeRole(tx, helene, nadia.id, 'owner');
      await deactivatePerson(tx, helene, helene.id);
      await expect(changeRole(tx, { ...nadia, role: 'owner' }, nadia.id, 'member')).rejects.toMatchObject({
        reason: 'last_owner',
      });
    }));

  test('two owners who leave at the same moment leave one', async () => {
    await write((tx) => changeRole(tx, helene, nadia.id, 'owner'));
    const owner = { ...nadia, role: 'owner' as const };
    const both = await Promise.allSettled([
      write((tx) => changeRole(tx, helene, helene.id, 'admin')),
      write((tx) => changeRole(tx, owner, nadia.id, 'admin')),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await sql`update people set role = case id when ${helene.id} then 'owner' else 'admin' end
      where id in (${helene.id}, ${nadia.id})`.execute(db);
  });

  test('whoever is deactivated loses his keys at once, for good', async () => {
    const { token } = await write((tx) => createToken(tx, claire, { name: 'x' }));
    const key = await write((tx) => renewFeedKey(tx, claire));
    await expect(write((tx) => deactivatePerson(tx, thomas, claire.id))).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await actorFromToken(db, token)).not.toBeNull();
    await write((tx) => deactivatePerson(tx, nadia, claire.id));
    expect(await actorFromToken(db, token)).toBeNull();
    expect(await actorFromFeedKey(db, key)).toBeNull();
    await write((tx) => reactivatePerson(tx, nadia, claire.id));
    expect(await actorFromToken(db, token)).toBeNull();
    expect(await actorFromFeedKey(db, key)).toBeNull();
  });
});
