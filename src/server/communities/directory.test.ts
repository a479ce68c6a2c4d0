import { describe, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { listPeople } from './directory.ts';
import { readProfile } from './profile.ts';

const { db } = await testDatabase();
const [claire, bernard, pierre, helene] = (await Promise.all(
  ['claire.martin', 'bernard.lecoq', 'pierre.alonzo', 'helene.dargent'].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor, Actor];

const handles = async (actor: Actor, prefix = '') =>
  (await listPeople(db, actor, { prefix, limit: 100 })).items.map(({ handle }) => handle);

describe('the directory', () => {
  test('finds by any word of a name', async () => {
    expect(await handles(claire, 'dargent')).toEqual(['helene.dargent']);
    expect(await handles(claire, 'HELEN')).toEqual(['helene.dargent']);
    expect(await handles(claire, 'argent')).toEqual([]);
    expect(await handles(claire, 'h')).toEqual(['helene.dargent']);
    expect(await handles(claire)).toHaveLength(13);
  });

  test('shows a guest those he shares a community with', async () => {
    expect((await handles(pierre)).sort()).toEqual([
      'amadou.diallo',
      'claire.martin',
      'elise.perrin',
      'lucie.ferrand',
      'pierre.alonzo',
      'yanis.belkacem',
    ]);
    expect(await readProfile(db, pierre, 'claire.martin')).toMatchObject({ name: 'Claire Martin' });
    await expect(readProfile(db, pierre, 'helene.dargent')).rejects.toMatchObject({ code: 'not_found' });
    await expect(readProfile(db, pierre, 'nobody')).rejects.toMatchObject({ code: 'not_found' });
  });

  test('leaves out whoever has no account any more', () =>
    inRollback(db, async (tx) => {
      await tx.updateTable('people').set({ status: 'deactivated' }).where('id', '=', helene.id).execute();
      expect((await listPeople(tx, claire, { prefix: 'dargent' })).items).toEqual([]);
      expect(await readProfile(tx, claire, 'helene.dargent')).toMatchObject({ status: 'deactivated' });
    }));
});

describe('a profile', () => {
  test('names the communities that the viewer may read, and no other', async () => {
    const seen = async (viewer: Actor, handle: string) =>
      (await readProfile(db, viewer, handle)).communities.map(({ slug }) => slug);
    expect(await seen(bernard, 'claire.martin')).toEqual(['appels-offres', 'le-comptoir', 'le-metier']);
    expect(await seen(claire, 'claire.martin')).toHaveLength(6);
    expect(await seen(pierre, 'claire.martin')).toEqual(['vigie']);
  });

  test('is edited by its owner alone, and not followed by him', async () => {
    expect((await readProfile(db, claire, 'claire.martin')).may).toEqual({
      follow: false,
      edit: true,
      claim: false,
    });
    expect((await readProfile(db, helene, 'claire.martin')).may).toEqual({
      follow: true,
      edit: false,
      claim: false,
    });
  });
});
