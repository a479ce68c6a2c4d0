import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import type { Db, Tx } from '../platform/db.ts';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { changeAccess } from './edit.ts';
import { foundCommunity } from './found.ts';
import { invitedPeople, myInvitations } from './invitations.ts';
import { declineInvitation, inviteToCommunity, withdrawInvitation } from './invite.ts';
import { joinCommunity, leaveCommunity } from './join.ts';
import { membersOf } from './members.ts';
import type { Standing } from './present.ts';
import { readCommunity } from './read.ts';
import { acceptRequest, declineRequest, joinRequests } from './requests.ts';

const { db } = await testDatabase();
const [lucie, elise, claire, bernard, thomas, nadia, pierre, bastien] = (await Promise.all(
  [
    'lucie.ferrand',
    'elise.perrin',
    'claire.martin',
    'bernard.lecoq',
    'thomas.gauthier',
    'nadia.rahmani',
    'pierre.alonzo',
    'bastien.vasseur',
  ].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor, Actor, Actor, Actor, Actor, Actor];

const standing = async (tx: Db, actor: Actor, slug: string): Promise<Standing> =>
  (await readCommunity(tx, actor, slug)).standing;
/** What this transaction recorded. */
const events = (tx: Tx, name: string) =>
  tx
    .selectFrom('events')
    .select(['actor_id', 'data'])
    .where('name', '=', name)
    .where('transaction', '=', sql<string>`pg_current_xact_id()`)
    .execute();

describe('an open community', () => {
  test('takes in whoever comes, once, and makes him follow; leaving undoes both', () =>
    inRollback(db, async (tx) => {
      const before = await readCommunity(tx, thomas, 'le-metier');
      expect(await joinCommunity(tx, thomas, 'le-metier')).toBe('member');
      expect(await joinCommunity(tx, thomas, 'le-metier')).toBe('member');
      expect(await readCommunity(tx, thomas, 'le-metier')).toMatchObject({
        standing: 'member',
        following: true,
        members: before.members + 1,
      });
      expect(await events(tx, 'community.joined')).toHaveLength(1);
      await leaveCommunity(tx, thomas, 'le-metier');
      await leaveCommunity(tx, thomas, 'le-metier');
      expect(await readCommunity(tx, thomas, 'le-metier')).toEqual(before);
      expect(await events(tx, 'community.left')).toHaveLength(1);
    }));

  test('counts rightly whoever comes and goes at the same time', async () => {
    const { slug, id } = await db
      .transaction()
      .execute((tx) => foundCommunity(tx, claire, { name: 'Cohue', access: 'open' }));
    const crowd = [lucie, elise, bernard, thomas, nadia, bastien];
    const join = (actor: Actor) => db.transaction().execute((tx) => joinCommunity(tx, actor, slug));
    await Promise.all([...crowd, ...crowd, ...crowd].map(join));
    expect((await readCommunity(db, claire, slug)).members).toBe(7);
    const leave = (actor: Actor) => db.transaction().execute((tx) => leaveCommunity(tx, actor, slug));
    await Promise.all([...[lucie, elise, lucie, elise].map(leave), ...[bernard, thomas].map(join)]);
    expect((await readCommunity(db, claire, slug)).members).toBe(5);
    const begun = await db
      .selectFrom('events')
      .select('id')
      .where('subject_id', '=', id)
      .where('name', '=', 'community.joined')
      .execute();
    expect(begun).toHaveLength(6);
  });
});

describe('a closed community', () => {
  test('is asked, and its animators answer', () =>
    inRollback(db, async (tx) => {
      expect(await joinCommunity(tx, bernard, 'vigie', 'J’ai posé la première pompe.')).toBe('asked');
      expect(await joinCommunity(tx, bernard, 'vigie', 'encore')).toBe('asked');
      expect((await joinRequests(tx, lucie, 'vigie')).items).toMatchObject([
        { person: { handle: 'bernard.lecoq' }, message: 'J’ai posé la première pompe.' },
      ]);
      expect((await readCommunity(tx, lucie, 'vigie')).requests).toBe(1);
      await acceptRequest(tx, lucie, 'vigie', 'bernard.lecoq');
      expect(await standing(tx, bernard, 'vigie')).toBe('member');
      expect((await readCommunity(tx, lucie, 'vigie')).requests).toBe(0);
      await expect(acceptRequest(tx, lucie, 'vigie', 'bernard.lecoq')).rejects.toMatchObject({
        code: 'not_found',
      });
      expect(await events(tx, 'community.joined')).toMatchObject([
        { actor_id: lucie.id, data: { personId: bernard.id, way: 'request' } },
      ]);
    }));

  test('may say no, and whoever asked may take it back', () =>
    inRollback(db, async (tx) => {
      await joinCommunity(tx, bernard, 'vigie');
      await declineRequest(tx, lucie, 'vigie', 'bernard.lecoq');
      expect(await standing(tx, bernard, 'vigie')).toBe('none');
      await joinCommunity(tx, bernard, 'vigie');
      await leaveCommunity(tx, bernard, 'vigie');
      expect((await joinRequests(tx, lucie, 'vigie')).items).toEqual([]);
    }));

  test.each([
    ['a member', claire, 'forbidden', 'community_animators_only'],
    ['a stranger', bernard, 'forbidden', 'community_members_only'],
    ['an admin from outside', nadia, 'forbidden', 'community_members_only'],
    ['a guest inside', pierre, 'forbidden', 'community_animators_only'],
  ] as const)('%s neither reads nor answers what is asked', (_, actor, code, reason) =>
    inRollback(db, async (tx) => {
      await joinCommunity(tx, bastien, 'vigie');
      await expect(joinRequests(tx, actor, 'vigie')).rejects.toMatchObject({ code, reason });
      await expect(acceptRequest(tx, actor, 'vigie', bastien.handle)).rejects.toMatchObject({ code, reason });
      await expect(acceptRequest(tx, actor, 'vigie', actor.handle)).rejects.toMatchObject({ code, reason });
      await acceptRequest(tx, lucie, 'vigie', bastien.handle);
    }),
  );

  test('two animators who accept at once let one person in once', async () => {
    await db.transaction().execute((tx) => joinCommunity(tx, bastien, 'vigie'));
    const before = (await readCommunity(db, lucie, 'vigie')).members;
    const amadou = await actorOf(db, 'amadou.diallo');
    const accepted = await Promise.allSettled(
      [lucie, amadou, lucie].map((actor) =>
        db.transaction().execute((tx) => acceptRequest(tx, actor, 'vigie', bastien.handle)),
      ),
    );
    expect(accepted.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await readCommunity(db, lucie, 'vigie')).members).toBe(before + 1);
    await db.transaction().execute((tx) => leaveCommunity(tx, bastien, 'vigie'));
  });

  test('keeps its last person, who may open it and leave', () =>
    inRollback(db, async (tx) => {
      const { slug } = await foundCommunity(tx, claire, { name: 'Solo', access: 'closed' });
      await expect(leaveCommunity(tx, claire, slug)).rejects.toMatchObject({
        reason: 'community_last_member',
      });
      await changeAccess(tx, claire, slug, 'open');
      await leaveCommunity(tx, claire, slug);
      expect(await readCommunity(tx, thomas, slug)).toMatchObject({ members: 0, animators: [] });
    }));
});

describe('an invitation', () => {
  test('opens the door of a secret community, and only for the one invited', () =>
    inRollback(db, async (tx) => {
      await expect(readCommunity(tx, thomas, 'face-a-norvalt')).rejects.toMatchObject({ code: 'not_found' });
      await expect(joinCommunity(tx, thomas, 'face-a-norvalt')).rejects.toMatchObject({ code: 'not_found' });
      await inviteToCommunity(tx, bastien, 'face-a-norvalt', 'thomas.gauthier');
      await inviteToCommunity(tx, elise, 'face-a-norvalt', 'thomas.gauthier');
      expect(await events(tx, 'community.invited')).toHaveLength(1);
      expect((await myInvitations(tx, thomas)).items).toMatchObject([
        { slug: 'face-a-norvalt', invitedBy: { handle: 'bastien.vasseur' } },
      ]);
      expect(await readCommunity(tx, thomas, 'face-a-norvalt')).toMatchObject({
        standing: 'invited',
        may: { read: false, write: false, join: true, seeMembers: false },
      });
      await expect(membersOf(tx, thomas, 'face-a-norvalt')).rejects.toMatchObject({ code: 'not_found' });
      await expect(readCommunity(tx, nadia, 'face-a-norvalt')).rejects.toMatchObject({ code: 'not_found' });
      expect(await joinCommunity(tx, thomas, 'face-a-norvalt')).toBe('member');
      expect((await myInvitations(tx, thomas)).items).toEqual([]);
    }));

  test('may be declined, or taken back by an animator', () =>
    inRollback(db, async (tx) => {
      await inviteToCommunity(tx, bastien, 'face-a-norvalt', 'thomas.gauthier');
      await declineInvitation(tx, thomas, 'face-a-norvalt');
      await expect(readCommunity(tx, thomas, 'face-a-norvalt')).rejects.toMatchObject({ code: 'not_found' });
      await inviteToCommunity(tx, bastien, 'face-a-norvalt', 'thomas.gauthier');
      expect((await invitedPeople(tx, claire, 'face-a-norvalt')).items).toMatchObject([
        { handle: 'thomas.gauthier' },
      ]);
      await withdrawInvitation(tx, elise, 'face-a-norvalt', 'thomas.gauthier');
      await expect(joinCommunity(tx, thomas, 'face-a-norvalt')).rejects.toMatchObject({ code: 'not_found' });
    }));

  test('lets in at once whoever was asking', () =>
    inRollback(db, async (tx) => {
      await joinCommunity(tx, bernard, 'vigie');
      await inviteToCommunity(tx, lucie, 'vigie', 'bernard.lecoq');
      expect(await standing(tx, bernard, 'vigie')).toBe('member');
    }));

  test.each([
    ['a member of a closed one', claire, 'vigie', 'bernard.lecoq', 'community_animators_invite'],
    ['a stranger to a closed one', bernard, 'vigie', 'bernard.lecoq', 'community_members_only'],
    ['an admin from outside', nadia, 'vigie', 'nadia.rahmani', 'community_members_only'],
    ['an admin who does not know it', nadia, 'face-a-norvalt', 'nadia.rahmani', 'not_found'],
    ['a guest inside', pierre, 'vigie', 'lucie.ferrand', 'community_animators_invite'],
    ['a member, for a guest', lucie, 'le-metier', 'pierre.alonzo', 'community_guests_by_animators'],
    ['anybody, for nobody', lucie, 'le-metier', 'personne.ici', 'person_unknown'],
    ['anybody, for a member', lucie, 'le-metier', 'claire.martin', 'community_already_member'],
  ])('of %s is refused', (_, actor, slug, handle, reason) =>
    inRollback(db, async (tx) => {
      const refused = inviteToCommunity(tx, actor, slug, handle).catch((refusal: unknown) => refusal);
      const refusal = (await refused) as { reason: string; fields?: Record<string, string> };
      expect([refusal.reason, refusal.fields?.handle]).toContain(reason);
    }),
  );

  test('of a guest is for animators, and shows him that community alone', () =>
    inRollback(db, async (tx) => {
      await expect(readCommunity(tx, pierre, 'le-metier')).rejects.toMatchObject({ code: 'not_found' });
      await inviteToCommunity(tx, claire, 'le-metier', 'pierre.alonzo');
      expect(await joinCommunity(tx, pierre, 'le-metier')).toBe('member');
      await expect(readCommunity(tx, pierre, 'le-comptoir')).rejects.toMatchObject({ code: 'not_found' });
      await expect(joinCommunity(tx, pierre, 'le-comptoir')).rejects.toMatchObject({ code: 'not_found' });
    }));
});
