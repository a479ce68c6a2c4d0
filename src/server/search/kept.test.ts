import { expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { createWatch, deleteWatch } from '#server/desk/watch.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { forwardReading } from '#server/sources/forward.ts';
import { markReading } from '#server/sources/mark.ts';
import { testDatabase } from '../../../tests/database.ts';
import { followFeed } from '../../../tests/followed-feed.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import { searchOwn } from './own.ts';

const { db } = await testDatabase('world');
const [helene, nadia] = (await Promise.all(
  ['helene.dargent', 'nadia.rahmani'].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor];
const act = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
const found = async (actor: Actor, q: string) =>
  (await searchOwn(db, actor, { q })).readings.map(({ id }) => id);

test('a reading is found from when it is kept until it is let go, by its keeper alone, in any form of its words', async () => {
  const posts = [{ id: 'un', title: 'Les prix du marché', text: 'Chez <b>Zirtex</b>, l’été.' }];
  const { reading } = await act((tx) => followFeed(tx, helene, 'https://presse.example', posts));
  const hers = await act((tx) => followFeed(tx, nadia, 'https://presse.example', posts));
  expect(await found(helene, 'zirtex')).toEqual([]);
  await act((tx) => markReading(tx, helene, reading, { kept: true }));
  for (const q of ['zirtex', 'marche prix', 'PRIX été', 'zirt', '"les prix"'])
    expect(await found(helene, q), q).toEqual([reading]);
  expect((await searchOwn(db, helene, { q: 'zirtex' })).readings[0]).toMatchObject({
    ...{ title: 'Les prix du marché', snippetHtml: expect.stringContaining('<mark>Zirtex</mark>') },
  });
  expect(await found(nadia, 'zirtex')).toEqual([]);
  expect((await searchOwn(db, helene, { q: 'zirtex', kind: 'note' })).readings).toEqual([]);

  await db
    .updateTable('source_items')
    .set({ title: 'Corrigé : hausse' })
    .where('title', '=', 'Les prix du marché')
    .execute();
  expect(await found(helene, 'hausse')).toEqual([reading]);
  await act((tx) => markReading(tx, helene, reading, { kept: false }));
  expect(await found(helene, 'zirtex')).toEqual([]);

  await act((tx) => markReading(tx, nadia, hers.reading, { kept: true }));
  const { id } = await act((tx) => forwardReading(tx, nadia, hers.reading, {}));
  const both = await searchOwn(db, nadia, { q: 'zirtex hausse' });
  expect([both.items.length, both.readings.length]).toEqual([1, 0]);
  expect(both.items[0]!.id).toBe(id);
});

test('a watch is found by its name and what it is about, its owner’s alone', async () => {
  const { id } = await act((tx) => createWatch(tx, helene, { name: 'Marchés suisses', about: 'Genève' }));
  await sampleWatch(db, { owner: 'nadia.rahmani', name: 'Marché suisse', community: 'le-comptoir' });
  const names = async (actor: Actor, q: string) =>
    (await searchOwn(db, actor, { q })).watches.map((watch) => watch.id);
  for (const q of ['marche', 'suisse', 'geneve', 'suis']) expect(await names(helene, q), q).toEqual([id]);
  expect(await names(nadia, 'geneve')).toEqual([]);
  await act((tx) => deleteWatch(tx, helene, id));
  expect(await names(helene, 'suisse')).toEqual([]);
});
