import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import { createPost } from '../posts/create.ts';
import { inTransaction } from '../platform/db.ts';
import { alreadyThere } from './existing.ts';
import { shareWatch, stopSharing } from '../sharing/watch.ts';
import { sketchTexts, sketchWaiting } from './sketch.ts';
import { twinsOf } from './twins.ts';

const { db } = await testDatabase('world');
const norvalt = [
  {
    title: 'Norvalt rachète un distributeur de pompes à Grenoble',
    url: 'https://presse.example/norvalt-grenoble',
  },
  { title: 'Norvalt baisse ses tarifs de 8 %', url: 'https://presse.example/norvalt-tarifs' },
];
let helene: string;
let thomas: string;

beforeAll(async () => {
  helene = await sampleWatch(db, {
    owner: 'helene.dargent',
    name: 'Norvalt',
    community: 'le-metier',
    things: norvalt,
  });
  thomas = await sampleWatch(db, {
    owner: 'thomas.gauthier',
    name: 'norvalt (concurrent)',
    community: 'le-comptoir',
    things: [
      ...norvalt,
      { title: 'Ce que je pense de Norvalt', body: 'Ils vont nous chercher sur la robinetterie.' },
    ],
  });
  await sampleWatch(db, { owner: 'nadia.rahmani', name: 'Norvalt', things: norvalt });
  await sampleWatch(db, {
    owner: 'nadia.rahmani',
    name: 'Recettes',
    community: 'le-comptoir',
    things: [{ title: 'La tarte aux pommes de ma grand-mère', url: 'https://cuisine.example/tarte' }],
  });
  await sketchTexts(db);
});

describe('twins', () => {
  test('colleagues who shared a watch on the same subject are told to both, with the reason', async () => {
    const found = await twinsOf(db, await actorOf(db, 'helene.dargent'), helene);
    expect(found).toMatchObject({ colleagues: 1, items: [{ watch: { id: thomas }, pages: 2 }] });
    const back = await twinsOf(db, await actorOf(db, 'thomas.gauthier'), thomas);
    expect(back).toMatchObject({ colleagues: 1, items: [{ watch: { id: helene }, pages: 2 }] });
  });

  test('one page that both kept is told, and is no reason by itself', async () => {
    const share = (owner: string, name: string, title: string) => {
      const things = [{ title, url: 'https://presse.example/salon' }];
      return sampleWatch(db, { owner, name, community: 'le-comptoir', things });
    };
    const mine = await share('elise.perrin', 'Thermor', 'Un stand de chauffage');
    const same = await share('bastien.vasseur', 'Thermor', 'Vu au salon');
    const other = await share('lucie.ferrand', 'Voyages', 'Hôtels du printemps');
    const found = await twinsOf(db, await actorOf(db, 'elise.perrin'), mine);
    expect(found.items).toMatchObject([{ watch: { id: same }, name: true, pages: 1 }]);
    const gone = [mine, same, other];
    await sql`update watches set deleted_at = now() where id = any(${gone}::uuid[])`.execute(db);
  });

  test('one alike in its words alone is found too', async () => {
    const nadia = await actorOf(db, 'nadia.rahmani');
    const watch = await sampleWatch(db, {
      owner: 'nadia.rahmani',
      name: 'La concurrence en Isère',
      community: 'le-metier',
      things: [
        { title: 'Norvalt rachète son distributeur grenoblois de pompes', url: 'https://autre.example/1' },
        { title: 'Tarifs : Norvalt baisse de 8 %', url: 'https://autre.example/2' },
      ],
    });
    await sketchTexts(db);
    const found = await twinsOf(db, nadia, watch);
    expect(found.items.map(({ owner }) => owner.handle).sort()).toEqual([
      'helene.dargent',
      'thomas.gauthier',
    ]);
    await sql`update watches set deleted_at = now() where id = ${watch}`.execute(db);
  });

  test('a private watch has no twins, and is nobody’s', async () => {
    const nadia = await actorOf(db, 'nadia.rahmani');
    const own = await sampleWatch(db, {
      owner: 'nadia.rahmani',
      name: 'Norvalt, vu de chez moi',
      things: [{ title: 'Norvalt baisse ses tarifs de 8 %' }],
    });
    expect(await twinsOf(db, nadia, own)).toEqual({ colleagues: 0, items: [] });
  });

  test('another’s watch has no twins for me, shared or not', async () => {
    await expect(twinsOf(db, await actorOf(db, 'nadia.rahmani'), helene)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('a guest is told of nothing outside his community', async () => {
    const vigie = await sampleWatch(db, {
      owner: 'pierre.alonzo',
      name: 'Norvalt',
      community: 'vigie',
      things: norvalt,
    });
    await sketchTexts(db);
    expect((await twinsOf(db, await actorOf(db, 'pierre.alonzo'), vigie)).colleagues).toBe(0);
    // Nor is anybody outside told of him: the watch stands in a closed community.
    expect((await twinsOf(db, await actorOf(db, 'thomas.gauthier'), thomas)).colleagues).toBe(1);
  });
});

describe('what is there already', () => {
  const intended = { title: 'Norvalt baisse les prix de 8 %', body: 'Leurs tarifs baissent.' };

  test('posts and shared things that say it are shown, the likest first', async () => {
    const thomasActor = await actorOf(db, 'thomas.gauthier');
    await inTransaction(db, (tx) =>
      createPost(tx, thomasActor, {
        title: 'Norvalt a baissé ses prix de 8 %',
        body: 'C’est confirmé par deux clients : leurs tarifs baissent de 8 %.',
        status: 'published',
      }),
    );
    await sketchTexts(db);
    const found = await alreadyThere(db, await actorOf(db, 'nadia.rahmani'), intended);
    expect(found.map(({ kind }) => kind)).toContain('post');
    expect(found.map(({ kind }) => kind)).toContain('clip');
    expect(found[0]?.title).toBe('Norvalt a baissé ses prix de 8 %');
  });

  test('one’s own private things count for oneself, and for nobody else', async () => {
    const words = { title: 'Chaudière Zorba 12 kW : la fiche technique' };
    await sampleWatch(db, {
      owner: 'helene.dargent',
      name: 'Zorba',
      things: [{ ...words, body: 'À relire.' }],
    });
    await sketchTexts(db);
    const mine = await alreadyThere(db, await actorOf(db, 'helene.dargent'), words);
    expect(mine).toMatchObject([{ kind: 'note', own: true, same: true }]);
    expect(await alreadyThere(db, await actorOf(db, 'nadia.rahmani'), words)).toEqual([]);
  });

  test('an unrelated text finds nothing, nor does an empty one', async () => {
    const nadia = await actorOf(db, 'nadia.rahmani');
    expect(await alreadyThere(db, nadia, { title: 'Le parking sera fermé samedi' })).toEqual([]);
    expect(await alreadyThere(db, nadia, {})).toEqual([]);
    expect(await alreadyThere(db, nadia, { title: "'; drop table entries; -- <b>&\u0000" })).toEqual([]);
  });

  test('what is taken back is found no more, before it is drawn again', async () => {
    const words = { title: 'Vanne Krypton trois voies', body: 'Retirée du catalogue.' };
    const watch = await sampleWatch(db, {
      owner: 'thomas.gauthier',
      name: 'Krypton',
      community: 'le-comptoir',
      things: [words],
    });
    await sketchTexts(db);
    const nadia = await actorOf(db, 'nadia.rahmani');
    expect(await alreadyThere(db, nadia, words)).toHaveLength(1);
    await sql`update watches set community_id = null, everyone = null, shared_at = null where id = ${watch}`.execute(
      db,
    );
    expect(await alreadyThere(db, nadia, words)).toEqual([]);
    await sketchTexts(db);
    const { rows } =
      await sql`select 1 from item_terms t join desk_items i on i.id = t.item_id where i.watch_id = ${watch}`.execute(
        db,
      );
    expect(rows).toEqual([]);
  });

  test('what comes out is found as soon as what waits is drawn, and what is taken back is forgotten', async () => {
    const words = { title: 'Échangeur Xylo à plaques', body: 'Le nouveau catalogue Xylo est sorti.' };
    const owner = await actorOf(db, 'thomas.gauthier');
    const watch = await sampleWatch(db, { owner: owner.handle, name: 'Xylo', things: [words] });
    const nadia = await actorOf(db, 'nadia.rahmani');
    const found = async () => (await alreadyThere(db, nadia, words)).map(({ kind }) => kind).sort();
    const terms = async () =>
      (
        await sql`select 1 from item_terms t join desk_items i on i.id = t.item_id where i.watch_id = ${watch}`.execute(
          db,
        )
      ).rows.length;
    await inTransaction(db, (tx) => createPost(tx, owner, { ...words, status: 'published' }));
    const { id: note } = await db
      .selectFrom('desk_items')
      .select('id')
      .where('watch_id', '=', watch)
      .executeTakeFirstOrThrow();
    const sharing = { community: 'le-comptoir', items: [note], rest: false };
    await inTransaction(db, (tx) => shareWatch(tx, owner, watch, sharing));
    expect(await found()).toEqual([]);
    await drawAll(db);
    await sketchWaiting(db);
    expect(await found()).toEqual(['note', 'post']);
    await inTransaction(db, (tx) => stopSharing(tx, owner, watch));
    expect(await found()).toEqual(['post']);
    expect(await terms()).toBeGreaterThan(0);
    await drawAll(db);
    await sketchWaiting(db);
    expect(await terms()).toBe(0);
  });
});
