import { describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import type { Tx } from '../platform/db.ts';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { communityForWriting, requireWritable } from './access.ts';
import { archiveCommunity, changeAccess, editCommunity, unarchiveCommunity } from './edit.ts';
import { foundCommunity } from './found.ts';
import { inviteToCommunity } from './invite.ts';
import { joinCommunity, leaveCommunity } from './join.ts';
import { readCommunity } from './read.ts';

const { db } = await testDatabase();
const [lucie, claire, bernard, nadia, pierre, bastien] = (await Promise.all(
  [
    'lucie.ferrand',
    'claire.martin',
    'bernard.lecoq',
    'nadia.rahmani',
    'pierre.alonzo',
    'bastien.vasseur',
  ].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor, Actor, Actor, Actor];

const entriesIn = (tx: Tx, id: string) =>
  tx.selectFrom('entries').select('everyone').distinct().where('community_id', '=', id).execute();
const follow = (tx: Tx, actor: Actor, id: string) =>
  tx.insertInto('follows').values({ person_id: actor.id, kind: 'community', target_id: id }).execute();

describe('editing', () => {
  test('changes what was given, and keeps the address', () =>
    inRollback(db, async (tx) => {
      const before = await readCommunity(tx, lucie, 'vigie');
      await editCommunity(tx, lucie, 'vigie', { name: 'Vigie 2', themes: ['seuils'] });
      expect(await readCommunity(tx, lucie, 'vigie')).toEqual({
        ...before,
        name: 'Vigie 2',
        themes: ['seuils'],
      });
    }));

  test.each([
    ['a member', claire],
    ['a stranger', bernard],
    ['an admin', nadia],
    ['a guest', pierre],
  ])('is not for %s, nor are access and archives', (_, actor) =>
    inRollback(db, async (tx) => {
      const before = await readCommunity(tx, lucie, 'vigie');
      for (const attempt of [
        () => editCommunity(tx, actor, 'vigie', { name: 'À moi' }),
        () => changeAccess(tx, actor, 'vigie', 'open'),
        () => archiveCommunity(tx, actor, 'vigie'),
        () => unarchiveCommunity(tx, actor, 'vigie'),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
      }
      expect(await readCommunity(tx, lucie, 'vigie')).toEqual(before);
      await editCommunity(tx, lucie, 'vigie', { name: 'À nous' });
    }),
  );
});

describe('access', () => {
  test('keeps of those invited only whom an animator invited', () =>
    inRollback(db, async (tx) => {
      const { slug } = await foundCommunity(tx, lucie, { name: 'Salon', access: 'open' });
      await joinCommunity(tx, claire, slug);
      await inviteToCommunity(tx, lucie, slug, nadia.handle);
      await inviteToCommunity(tx, claire, slug, bernard.handle);
      const secret = await changeAccess(tx, lucie, slug, 'secret');
      expect(await joinCommunity(tx, nadia, secret.slug)).toBe('member');
      await expect(joinCommunity(tx, bernard, secret.slug)).rejects.toMatchObject({ code: 'not_found' });
    }));

  test('opened: its posts are for everyone, and those who asked come in', () =>
    inRollback(db, async (tx) => {
      const { id, members } = await readCommunity(tx, lucie, 'vigie');
      await joinCommunity(tx, bernard, 'vigie');
      expect(await changeAccess(tx, lucie, 'vigie', 'open')).toEqual({ slug: 'vigie' });
      expect(await entriesIn(tx, id)).toEqual([{ everyone: true }]);
      expect(await readCommunity(tx, bernard, 'vigie')).toMatchObject({
        standing: 'member',
        members: members + 1,
      });
    }));

  test('closed: its posts are for its members, and strangers stop following', () =>
    inRollback(db, async (tx) => {
      const { id } = await readCommunity(tx, claire, 'le-metier');
      await follow(tx, nadia, id);
      await leaveCommunity(tx, nadia, 'le-metier');
      await follow(tx, nadia, id);
      await changeAccess(tx, claire, 'le-metier', 'closed');
      expect(await entriesIn(tx, id)).toEqual([{ everyone: false }]);
      expect(await readCommunity(tx, nadia, 'le-metier')).toMatchObject({
        following: false,
        may: { read: false },
      });
    }));

  test('made secret: it is gone for strangers, from its old address too', () =>
    inRollback(db, async (tx) => {
      await joinCommunity(tx, bernard, 'vigie');
      const { slug } = await changeAccess(tx, lucie, 'vigie', 'secret');
      expect(slug).toMatch(/^vigie-[a-z]{8}$/);
      for (const address of ['vigie', slug]) {
        await expect(readCommunity(tx, bernard, address)).rejects.toMatchObject({ code: 'not_found' });
        await expect(readCommunity(tx, nadia, address)).rejects.toMatchObject({ code: 'not_found' });
      }
      expect(await readCommunity(tx, claire, slug)).toMatchObject({ access: 'secret', standing: 'member' });
      expect(await readCommunity(tx, pierre, slug)).toMatchObject({ standing: 'member' });
    }));
});

describe('writing inside', () => {
  test('is for anyone but guests where it is open, for members elsewhere', () =>
    inRollback(db, async (tx) => {
      expect(await communityForWriting(tx, bernard, 'le-metier')).toMatchObject({
        slug: 'le-metier',
        open: true,
      });
      expect(await communityForWriting(tx, claire, 'vigie')).toMatchObject({ open: false });
      expect(await communityForWriting(tx, pierre, 'vigie')).toMatchObject({ open: false });
      const refusals = [
        [pierre, 'le-metier', 'not_found'],
        [nadia, 'vigie', 'community_members_only'],
        [nadia, 'face-a-norvalt', 'not_found'],
        [nadia, 'nulle-part', 'not_found'],
        [nadia, "'; drop table", 'not_found'],
      ] as const;
      for (const [actor, slug, reason] of refusals) {
        await expect(communityForWriting(tx, actor, slug)).rejects.toMatchObject({ reason });
      }
    }));

  test('an ex-member is a stranger again', () =>
    inRollback(db, async (tx) => {
      const { id } = await communityForWriting(tx, claire, 'face-a-norvalt');
      await requireWritable(tx, claire, id);
      await leaveCommunity(tx, claire, 'face-a-norvalt');
      await expect(communityForWriting(tx, claire, 'face-a-norvalt')).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(requireWritable(tx, claire, id)).rejects.toMatchObject({ code: 'not_found' });
    }));

  test('stops with the archives, for animators too, and begins again', () =>
    inRollback(db, async (tx) => {
      const { id } = await communityForWriting(tx, bastien, 'face-a-norvalt');
      await archiveCommunity(tx, bastien, 'face-a-norvalt');
      await expect(communityForWriting(tx, bastien, 'face-a-norvalt')).rejects.toMatchObject({
        reason: 'community_archived',
      });
      await expect(requireWritable(tx, bastien, id)).rejects.toMatchObject({ reason: 'community_archived' });
      await expect(communityForWriting(tx, nadia, 'face-a-norvalt')).rejects.toMatchObject({
        reason: 'not_found',
      });
      expect(await readCommunity(tx, claire, 'face-a-norvalt')).toMatchObject({
        archived: true,
        may: { read: true, write: false },
      });
      await unarchiveCommunity(tx, bastien, 'face-a-norvalt');
      await requireWritable(tx, bastien, id);
    }));
});
