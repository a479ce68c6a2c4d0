import { expect, test } from 'vitest';
import { inRollback, testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { foundCommunity } from './found.ts';
import { inviteToCommunity } from './invite.ts';
import { namesakesOf } from './namesakes.ts';

const { db } = await testDatabase();
const claire = await actorOf(db, 'claire.martin');
const thomas = await actorOf(db, 'thomas.gauthier');
const pierre = await actorOf(db, 'pierre.alonzo');

const slugs = async (found: Promise<{ slug: string }[]>) => (await found).map(({ slug }) => slug);

test.each([
  ['the same', 'Appels d’offres'],
  ['case, accents and the apostrophe aside', "APPÉLS D'OFFRES"],
  ['one letter less', 'Appel d’offre'],
  ['a word more', 'Les appels d’offres'],
])('a name is nearly another: %s', async (_, name) => {
  expect(await slugs(namesakesOf(db, claire, name))).toEqual(['appels-offres']);
});

test.each(['Région Est', 'Le', '', '  ', '%', '🐝', 'Appels', 'x'.repeat(5_000), 'a\0b', '\ud800'])(
  'this one is nobody else’s: %s',
  async (name) => {
    expect(await namesakesOf(db, claire, name)).toEqual([]);
  },
);

test('names that hold no letters are compared as they are', () =>
  inRollback(db, async (tx) => {
    const { slug } = await foundCommunity(tx, claire, { name: '東京', access: 'open' });
    expect(await slugs(namesakesOf(tx, thomas, '東京'))).toEqual([slug]);
  }));

test('a secret one is there for those who know of it only; neither is one that is archived', () =>
  inRollback(db, async (tx) => {
    const { slug, id } = await foundCommunity(tx, claire, { name: 'Cadeau de départ', access: 'secret' });
    expect(await slugs(namesakesOf(tx, claire, 'Cadeaux de départ'))).toEqual([slug]);
    expect(await namesakesOf(tx, thomas, 'Cadeaux de départ')).toEqual([]);
    await inviteToCommunity(tx, claire, slug, thomas.handle);
    expect(await namesakesOf(tx, thomas, 'Cadeaux de départ')).toMatchObject([{ slug, standing: 'invited' }]);
    await tx.updateTable('communities').set({ archived_at: new Date() }).where('id', '=', id).execute();
    expect(await namesakesOf(tx, claire, 'Cadeau de départ')).toEqual([]);
  }));

test('a guest hears of those he is in', async () => {
  expect(await namesakesOf(db, pierre, 'Le comptoir')).toEqual([]);
  expect(await slugs(namesakesOf(db, pierre, 'Projets Vigie'))).toEqual(['vigie']);
});

test('the nearest first, three at most', () =>
  inRollback(db, async (tx) => {
    for (const name of ['Marges nettes', 'Marges', 'Les marges', 'Marge'])
      await foundCommunity(tx, claire, { name, access: 'open' });
    const names = (await namesakesOf(tx, thomas, 'marges')).map(({ name }) => name);
    expect(names).toHaveLength(3);
    expect(names[0]).toBe('Marges');
  }));
