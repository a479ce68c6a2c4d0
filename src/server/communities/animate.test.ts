import { describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import type { Tx } from '../platform/db.ts';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { Refusal } from '../errors.ts';
import { nameAnimator, removeMember, stepDown, stepForward } from './animate.ts';
import { foundCommunity } from './found.ts';
import { joinCommunity, leaveCommunity } from './join.ts';
import { membersOf } from './members.ts';
import { readCommunity } from './read.ts';
import { acceptRequest } from './requests.ts';

const { db } = await testDatabase();
const [lucie, amadou, claire, bernard, nadia, helene, pierre] = (await Promise.all(
  [
    'lucie.ferrand',
    'amadou.diallo',
    'claire.martin',
    'bernard.lecoq',
    'nadia.rahmani',
    'helene.dargent',
    'pierre.alonzo',
  ].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor, Actor, Actor, Actor, Actor];

const animators = async (tx: Tx, actor: Actor, slug: string) =>
  (await readCommunity(tx, actor, slug)).animators.map(({ handle }) => handle).sort();
const deactivate = (tx: Tx, actor: Actor) =>
  tx.updateTable('people').set({ status: 'deactivated' }).where('id', '=', actor.id).execute();

test('animators name others among the members, and step down', () =>
  inRollback(db, async (tx) => {
    await nameAnimator(tx, lucie, 'vigie', 'claire.martin');
    await stepDown(tx, amadou, 'vigie');
    expect(await animators(tx, claire, 'vigie')).toEqual(['claire.martin', 'lucie.ferrand']);
    await expect(stepDown(tx, amadou, 'vigie')).rejects.toMatchObject({ reason: 'community_animators_only' });
    await expect(nameAnimator(tx, lucie, 'vigie', 'pierre.alonzo')).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(nameAnimator(tx, lucie, 'vigie', 'bernard.lecoq')).rejects.toMatchObject({
      code: 'not_found',
    });
  }));

test.each([
  ['a member', claire],
  ['a stranger', bernard],
  ['an admin', nadia],
  ['the owner', helene],
  ['a guest', pierre],
])('%s neither names animators, nor removes, nor takes over', (_, actor) =>
  inRollback(db, async (tx) => {
    for (const attempt of [
      () => nameAnimator(tx, actor, 'vigie', actor.handle),
      () => removeMember(tx, actor, 'vigie', 'elise.perrin'),
      () => stepForward(tx, actor, 'vigie'),
    ]) {
      await expect(attempt()).rejects.toBeInstanceOf(Refusal);
    }
    expect(await animators(tx, lucie, 'vigie')).toEqual(['amadou.diallo', 'lucie.ferrand']);
    await removeMember(tx, lucie, 'vigie', 'elise.perrin');
  }),
);

describe('when the last animator goes', () => {
  test('any member takes the community on, but no guest, and one only', () =>
    inRollback(db, async (tx) => {
      await leaveCommunity(tx, lucie, 'vigie');
      await stepDown(tx, amadou, 'vigie');
      expect((await readCommunity(tx, claire, 'vigie')).may.stepForward).toBe(true);
      expect((await readCommunity(tx, pierre, 'vigie')).may.stepForward).toBe(false);
      await expect(stepForward(tx, pierre, 'vigie')).rejects.toMatchObject({ code: 'forbidden' });
      await expect(stepForward(tx, bernard, 'vigie')).rejects.toMatchObject({ code: 'forbidden' });
      await stepForward(tx, claire, 'vigie');
      await expect(stepForward(tx, amadou, 'vigie')).rejects.toMatchObject({
        reason: 'community_has_animator',
      });
      expect(await animators(tx, claire, 'vigie')).toEqual(['claire.martin']);
    }));

  test('one without an account any more counts as gone', () =>
    inRollback(db, async (tx) => {
      await stepDown(tx, amadou, 'vigie');
      await deactivate(tx, lucie);
      await stepForward(tx, amadou, 'vigie');
      await removeMember(tx, amadou, 'vigie', 'lucie.ferrand');
    }));

  test('two who step forward at once: one does', async () => {
    const { slug } = await db.transaction().execute(async (tx) => {
      const founded = await foundCommunity(tx, lucie, { name: 'À prendre', access: 'open' });
      for (const actor of [claire, bernard]) await joinCommunity(tx, actor, founded.slug);
      await leaveCommunity(tx, lucie, founded.slug);
      return founded;
    });
    const taken = await Promise.allSettled(
      [claire, bernard].map((actor) => db.transaction().execute((tx) => stepForward(tx, actor, slug))),
    );
    expect(taken.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('an admin rescues a closed community that nobody is left in, and no other', () =>
    inRollback(db, async (tx) => {
      const { slug } = await foundCommunity(tx, claire, { name: 'Solo', access: 'closed' });
      await joinCommunity(tx, bernard, slug);
      await expect(nameAnimator(tx, nadia, slug, 'bernard.lecoq')).rejects.toMatchObject({
        code: 'forbidden',
      });
      await deactivate(tx, claire);
      await expect(nameAnimator(tx, lucie, slug, 'bernard.lecoq')).rejects.toMatchObject({
        code: 'forbidden',
      });
      await nameAnimator(tx, nadia, slug, 'bernard.lecoq');
      expect(await readCommunity(tx, bernard, slug)).toMatchObject({ standing: 'animator' });
      await expect(nameAnimator(tx, nadia, slug, 'nadia.rahmani')).rejects.toMatchObject({
        code: 'forbidden',
      });
    }));
});

test('a member removed is a stranger; an animator is not removed', () =>
  inRollback(db, async (tx) => {
    await removeMember(tx, lucie, 'vigie', 'claire.martin');
    expect(await readCommunity(tx, claire, 'vigie')).toMatchObject({ standing: 'none', following: false });
    await expect(membersOf(tx, claire, 'vigie')).rejects.toMatchObject({ code: 'not_found' });
    await expect(removeMember(tx, lucie, 'vigie', 'amadou.diallo')).rejects.toMatchObject({
      code: 'forbidden',
    });
    await joinCommunity(tx, claire, 'vigie');
    await acceptRequest(tx, lucie, 'vigie', 'claire.martin');
  }));
