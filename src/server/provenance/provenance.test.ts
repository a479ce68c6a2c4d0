import { expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { keepPost } from '../desk/bookmark.ts';
import { keepClip } from '../desk/keep.ts';
import { writeNote } from '../desk/note.ts';
import { editDossier, foundDossier } from '../dossiers/found.ts';
import { dossierThings } from '../dossiers/things.ts';
import { erasePerson } from '../erasure/erase.ts';
import { createPage } from '../pages/create.ts';
import { createPerson } from '../people/create.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { editPost } from '../posts/edit.ts';
import { deletePost } from '../posts/remove.ts';
import { turnItem } from '../sharing/turn.ts';
import { stopSharing } from '../sharing/watch.ts';
import { testDatabase } from '../../../tests/database.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import { entryChain } from './entry.ts';
import { itemChain } from './item.ts';
import { dossierChain } from './merged.ts';
import type { Step } from './step.ts';

const { db } = await testDatabase('world');
const [elise, bastien, thomas, nadia] = (await Promise.all(
  ['elise.perrin', 'bastien.vasseur', 'thomas.gauthier', 'nadia.rahmani'].map((handle) =>
    actorOf(db, handle),
  ),
)) as [Actor, Actor, Actor, Actor];
/** Élise and Bastien are members, Thomas is not. */
const CLOSED = 'face-a-norvalt';
const OPEN = 'le-comptoir';
const notFound = { code: 'not_found' };
const act = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
const told = (steps: Step[]) => steps.map(({ did, person, credit }) => `${did} ${person?.handle ?? credit}`);
const publish = (actor: Actor, more: object = {}) =>
  act((tx) => createPost(tx, actor, { title: 'Titre', body: 'Un mot.', status: 'published', ...more }));

test('a post made of a clip names who signed, found and wrote it; its writer alone is led to his clip', async () => {
  const foundAt = new Date('2026-03-03T09:00:00Z');
  const { id: clip } = await act((tx) =>
    keepClip(tx, elise, { url: 'https://norvalt.example/prix', title: 'Tarifs', author: 'Anne', foundAt }),
  );
  const turning = { into: 'post', community: CLOSED, title: 'Tarifs', body: 'À lire.' } as const;
  const { id } = await act((tx) => turnItem(tx, elise, clip, turning));
  await act((tx) => editPost(tx, elise, id, { body: 'À lire vite.' }));
  const seen = await entryChain(db, bastien, id);
  expect(told(seen)).toEqual([
    ...['signed Anne', 'found elise.perrin', 'wrote elise.perrin', 'edited elise.perrin'],
  ]);
  expect(seen[1]).toMatchObject({ at: foundAt.toISOString(), thing: null });
  expect((await entryChain(db, elise, id))[1]?.thing).toEqual({ name: 'Tarifs', url: `/desk/items/${clip}` });
  await expect(entryChain(db, thomas, id)).rejects.toMatchObject(notFound);
  await expect(itemChain(db, bastien, clip)).rejects.toMatchObject(notFound);
  expect(told(await itemChain(db, elise, clip))).toEqual(['signed Anne', 'found elise.perrin']);
});

test('that a page began as a private note is told to its writer and to nobody else', async () => {
  const { id: note } = await act((tx) =>
    writeNote(tx, elise, { title: 'Brouillon secret', body: 'Une idée.' }),
  );
  const turning = { into: 'page', community: OPEN, title: 'Idée', body: 'Une idée.' } as const;
  const { id } = await act((tx) => turnItem(tx, elise, note, turning));
  expect(told(await entryChain(db, elise, id))).toEqual(['noted elise.perrin', 'wrote elise.perrin']);
  const others = await entryChain(db, thomas, id);
  const { id: plain } = await act((tx) =>
    createPage(tx, elise, { community: OPEN, title: 'Idée', body: 'Une idée.' }),
  );
  expect(told(others)).toEqual(told(await entryChain(db, thomas, plain)));
  expect(JSON.stringify(others)).not.toMatch(/Brouillon|desk/);
});

test('whose words were passed on is told for good to those who read where they stood, and to nobody else', async () => {
  const { id: closed } = await publish(bastien, { title: 'Du dedans', community: CLOSED });
  const { id: kept } = await act((tx) => keepPost(tx, elise, closed));
  const turning = { into: 'post', community: OPEN, title: 'Repris', body: 'Vu.' } as const;
  const { id: second } = await act((tx) => turnItem(tx, elise, kept, turning));
  const { id: third } = await publish(thomas, { curatedId: second });
  const inside = [
    'wrote bastien.vasseur',
    'found elise.perrin',
    'wrote elise.perrin',
    'wrote thomas.gauthier',
  ];
  const [first] = await entryChain(db, elise, third);
  expect(first?.thing).toEqual({ name: 'Du dedans', url: `/posts/${closed}` });
  expect(told(await entryChain(db, elise, third)).toSorted()).toEqual(inside.toSorted());
  const outside = told(await entryChain(db, thomas, third));
  expect(outside.toSorted()).toEqual(inside.slice(1).toSorted());
  expect(JSON.stringify(await entryChain(db, thomas, second))).not.toMatch(/bastien|Du dedans/i);

  await act((tx) => deletePost(tx, bastien, closed));
  const after = await entryChain(db, elise, second);
  expect(told(after)).toContain('wrote bastien.vasseur');
  expect(JSON.stringify(after)).not.toContain('Du dedans');
});

test('a thing of a shared watch, the dossier and the page on top tell who found, shared and merged', async () => {
  const at = new Date('2026-03-03T09:00:00Z');
  const url = 'https://norvalt.example/catalogue';
  const things = [{ title: 'Catalogue', url, at }];
  const mine = await sampleWatch(db, { owner: 'elise.perrin', name: 'Norvalt', community: CLOSED, things });
  const ours = await sampleWatch(db, {
    owner: 'bastien.vasseur',
    name: 'Norvalt bis',
    community: OPEN,
    things,
  });
  const { id } = await act((tx) =>
    foundDossier(tx, elise, { name: 'Norvalt', community: CLOSED, watches: [mine, ours] }),
  );
  const { id: page } = await act((tx) => createPage(tx, elise, { community: OPEN, title: 'Norvalt' }));
  await act((tx) => editDossier(tx, elise, id, { page: null }));
  const { items } = await dossierThings(db, elise, id);
  const find = items[0]!.finds.find(({ watch }) => watch.id === ours)!;
  expect(told(await itemChain(db, elise, find.id))).toEqual([
    ...['found bastien.vasseur', 'shared bastien.vasseur', 'merged elise.perrin'],
  ]);
  // The dossier is inside; the watch is not.
  expect(told(await itemChain(db, thomas, find.id))).toEqual([
    'found bastien.vasseur',
    'shared bastien.vasseur',
  ]);
  await expect(dossierChain(db, thomas, id)).rejects.toMatchObject(notFound);
  const chain = told(await dossierChain(db, elise, id));
  expect(chain.toSorted()).toEqual(
    [
      ...['shared elise.perrin', 'shared bastien.vasseur', 'made elise.perrin'],
      ...['merged elise.perrin', 'merged elise.perrin'],
    ].toSorted(),
  );
  await db.updateTable('dossiers').set({ page_id: page }).where('id', '=', id).execute();
  expect(told(await entryChain(db, elise, page))).toContain('merged elise.perrin');
  expect(told(await entryChain(db, thomas, page))).toEqual(['wrote elise.perrin']);

  await act((tx) => stopSharing(tx, elise, mine));
  expect(told(await dossierChain(db, elise, id))).not.toContain('shared elise.perrin');
});

test('somebody who is erased stands in every chain under one pseudonym, and no step is missing', async () => {
  const { handle } = await act((tx) => createPerson(tx, { name: 'Odile Quercy' }));
  const odile = await actorOf(db, handle);
  const { id: clip } = await act((tx) =>
    keepClip(tx, odile, { url: 'https://norvalt.example/o', title: 'O' }),
  );
  const { id: hers } = await act((tx) =>
    turnItem(tx, odile, clip, { into: 'post', title: 'O', body: 'Vu.' }),
  );
  const { id: passed } = await publish(thomas, { curatedId: hers });
  const things = [{ title: 'Catalogue', url: 'https://norvalt.example/p' }];
  const watches = [
    await sampleWatch(db, { owner: handle, name: 'Odile', community: OPEN, things }),
    await sampleWatch(db, { owner: 'thomas.gauthier', name: 'Thomas', community: OPEN }),
  ];
  const dossier = await act((tx) => foundDossier(tx, odile, { name: 'Odile', community: OPEN, watches }));
  const item = (await dossierThings(db, thomas, dossier.id)).items[0]!.id;
  const chains = async () => [
    ...(await entryChain(db, thomas, hers)),
    ...(await entryChain(db, thomas, passed)),
    ...(await itemChain(db, thomas, item)),
    ...(await dossierChain(db, thomas, dossier.id)),
  ];
  const before = await chains();
  const pseudonym = await act((tx) => erasePerson(tx, nadia, { personId: odile.id, confirm: handle }));
  const after = await chains();
  expect(told(after)).toEqual(told(before).map((line) => line.replace(handle, pseudonym.handle)));
  expect(JSON.stringify(after)).not.toMatch(/odile\.|quercy/i);
  expect(after.filter(({ person }) => person?.id === odile.id).map(({ person }) => person?.name)).toEqual(
    before.filter(({ person }) => person?.id === odile.id).map(() => pseudonym.name),
  );
});
