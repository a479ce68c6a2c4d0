/** A community is found by its name in the same way wherever it is looked for. */
import { expect, test } from 'vitest';
import { foundCommunity } from '../communities/found.ts';
import { listCommunities } from '../communities/list.ts';
import { namesakesOf } from '../communities/namesakes.ts';
import { inTransaction } from '../platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { search } from './search.ts';

const { db } = await testDatabase();
const claire = await actorOf(db, 'claire.martin');
const thomas = await actorOf(db, 'thomas.gauthier');

const found = async (q: string) =>
  (await search(db, thomas, { q, kind: 'community' })).items.map(({ title }) => title);
const listed = async (prefix: string) =>
  (await listCommunities(db, thomas, { prefix })).items.map(({ name }) => name);

await inTransaction(db, async (tx) => {
  for (const name of ['Après-vente d’Île-de-France', 'À propos d’après vente', 'Cœur.de.métier 50%_net'])
    await foundCommunity(tx, claire, { name, access: 'open' });
  await foundCommunity(tx, claire, { name: 'Après-vente secrète', access: 'secret' });
});

test.each(['apres vente', 'APRÈS-VENTE', 'après.vente', 'apres’vente'])(
  '%s: hyphen, apostrophe, accents and case aside, the name that begins so first',
  async (typed) => {
    expect(await found(typed)).toEqual(['Après-vente d’Île-de-France', 'À propos d’après vente']);
    expect(await listed(typed)).toEqual(['À propos d’après vente', 'Après-vente d’Île-de-France']);
  },
);

test.each([
  ['d ile de fr', 'Après-vente d’Île-de-France'],
  ['ile-de-france', 'Après-vente d’Île-de-France'],
  ['coeur de metier', 'Cœur.de.métier 50%_net'],
  ['50%_n', 'Cœur.de.métier 50%_net'],
])('%s stands in one name, in the list as in search', async (typed, name) => {
  expect(await listed(typed)).toEqual([name]);
  expect((await found(typed))[0]).toBe(name);
});

test('search finds what stands within a word, and a sign of a pattern is a sign', async () => {
  expect(await found('tier 50')).toEqual(['Cœur.de.métier 50%_net']);
  expect(await found('%%%%')).toEqual([]);
  expect(await found('m_tier')).toEqual([]);
});

test('a namesake is told by the same letters', async () => {
  const names = (await namesakesOf(db, thomas, 'Apres vente d ile de france')).map(({ name }) => name);
  expect(names[0]).toBe('Après-vente d’Île-de-France');
  expect(names).not.toContain('Après-vente secrète');
});
