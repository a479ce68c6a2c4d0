import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { dossierThings } from '#server/dossiers/things.ts';
import { foundDossier } from '#server/dossiers/found.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { entryChain } from '#server/provenance/entry.ts';
import { itemChain } from '#server/provenance/item.ts';
import type { Step } from '#server/provenance/step.ts';
import { searchOwn } from '#server/search/own.ts';
import { turnItem } from '#server/sharing/turn.ts';
import { shareWatch, stopSharing } from '#server/sharing/watch.ts';
import { testDatabase } from '../../../tests/database.ts';
import { sampleWatch, type SampleThing } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import { keepPost } from './bookmark.ts';
import { keepCopy, ownCopies } from './copy.ts';
import { keepClip } from './keep.ts';
import { listItems } from './list.ts';
import { readItem } from './read.ts';
import { createWatch } from './watch.ts';

const { db } = await testDatabase('world');
const [elise, bastien, thomas] = (await Promise.all(
  ['elise.perrin', 'bastien.vasseur', 'thomas.gauthier'].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor];
/** Élise and Bastien are members, Thomas is not. */
const CLOSED = 'face-a-norvalt';
const OPEN = 'le-comptoir';
const AT = new Date('2026-03-03T09:00:00Z');
const notFound = { code: 'not_found' };
const act = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, work);
const told = (steps: Step[]) => steps.map(({ did, person, credit }) => `${did} ${person?.handle ?? credit}`);
let watches = 0;
const own = (actor: Actor) => act((tx) => createWatch(tx, actor, { name: `Veille ${(watches += 1)}` }));

/** Something that Élise shared. */
async function shared(thing: SampleThing, community = CLOSED): Promise<string> {
  const name = `D’Élise ${(watches += 1)}`;
  const watch = await sampleWatch(db, { owner: 'elise.perrin', name, community, things: [thing] });
  const { rows } = await sql<{ id: string }>`select id from desk_items where watch_id = ${watch}`.execute(db);
  return rows[0]!.id;
}

test('what a colleague shared is kept once, in a watch of one’s own, with its page and its finder, for oneself alone', async () => {
  const clip = await shared({
    title: 'Tarifs',
    url: 'https://presse.example/tarifs',
    body: 'À lire',
    at: AT,
  });
  await sql`insert into desk_pages (item_id, html, text, words, fetched_url)
    values (${clip}, '<p>Douze euros</p>', 'Douze euros', 2, 'https://presse.example/tarifs')`.execute(db);
  await sql`update desk_items set page = 'ready', author = 'Anne', canonical_url = 'https://presse.example/t'
    where id = ${clip}`.execute(db);
  const { id: watch } = await own(bastien);
  await act((tx) => shareWatch(tx, bastien, watch, { community: OPEN, items: [] }));

  for (const absent of [clip, '01900000-0000-7000-8000-000000000000', 'x'])
    await expect(act((tx) => keepCopy(tx, thomas, absent))).rejects.toMatchObject(notFound);
  await expect(act((tx) => keepCopy(tx, bastien, clip, { watch: clip }))).rejects.toMatchObject({
    reason: 'watch_not_found',
  });
  const twice = await Promise.all([1, 2].map(() => act((tx) => keepCopy(tx, bastien, clip, { watch }))));
  expect(twice.map(({ known }) => known).toSorted()).toEqual([false, true]);
  const { id } = twice[0]!;
  expect(twice[1]!.id).toBe(id);

  expect(await readItem(db, bastien, id)).toMatchObject({
    ...{ own: true, title: 'Tarifs', author: 'Anne', body: '', watch: { id: watch }, sharedAt: null },
    ...{ finder: { handle: 'elise.perrin' }, foundAt: AT.toISOString(), kept: { words: 2 } },
  });
  expect((await searchOwn(db, bastien, { q: 'douze' })).items.map((hit) => hit.id)).toEqual([id]);
  expect(await ownCopies(db, bastien, [clip, id])).toEqual(
    new Map([
      [clip, id],
      [id, id],
    ]),
  );
  expect(await ownCopies(db, thomas, [clip])).toEqual(new Map());
  for (const other of [elise, thomas]) await expect(readItem(db, other, id)).rejects.toMatchObject(notFound);
  const { rows } = await sql`select 1 from events where subject_id = ${id}`.execute(db);
  expect(rows).toEqual([]);
});

test('a page that one had already stays as it was; in no watch, it goes into the one that is chosen', async () => {
  const url = 'https://presse.example/deja';
  const mine = await act((tx) => keepClip(tx, bastien, { url, body: 'Vu seul' }));
  const clip = await shared({ title: 'Déjà', url });
  const { id: watch } = await own(bastien);
  expect(await act((tx) => keepCopy(tx, bastien, clip, { watch }))).toEqual({ id: mine.id, known: true });
  expect(await readItem(db, bastien, mine.id)).toMatchObject({
    ...{ body: 'Vu seul', watch: { id: watch }, finder: { handle: 'bastien.vasseur' } },
  });
  expect(await act((tx) => keepCopy(tx, elise, clip))).toEqual({ id: clip, known: true });
});

test('a note stays its writer’s in every chain, and a kept post its author’s', async () => {
  const note = await shared({ title: 'Au salon', body: 'Ils **baissent** leurs prix.', at: AT });
  const { id } = await act((tx) => keepCopy(tx, bastien, note));
  expect(await act((tx) => keepCopy(tx, bastien, note))).toEqual({ id, known: true });
  expect(told(await itemChain(db, bastien, id))).toEqual(['wrote elise.perrin', 'kept bastien.vasseur']);
  const turning = { into: 'post' as const, community: OPEN, title: 'Vu', body: 'Ils baissent leurs prix.' };
  const post = await act((tx) => turnItem(tx, bastien, id, turning));
  expect(told(await entryChain(db, elise, post.id))).toEqual(['wrote elise.perrin', 'wrote bastien.vasseur']);
  expect(told(await entryChain(db, thomas, post.id))).toEqual(['wrote bastien.vasseur']);

  const entry = await act((tx) =>
    createPost(tx, thomas, { title: 'Dit', body: 'Un mot.', community: OPEN, status: 'published' }),
  );
  const watch = await sampleWatch(db, { owner: 'elise.perrin', name: 'Billets', community: CLOSED });
  const kept = await act((tx) => keepPost(tx, elise, entry.id, { watch }));
  const copy = await act((tx) => keepCopy(tx, bastien, kept.id));
  expect(await readItem(db, bastien, copy.id)).toMatchObject({
    ...{ kind: 'bookmark', post: { id: entry.id }, finder: { handle: 'elise.perrin' } },
  });
  const repeated = await act((tx) => turnItem(tx, bastien, copy.id, turning));
  expect(told(await entryChain(db, thomas, repeated.id)).join()).not.toContain('elise');
});

test('who found it is told, for good, to those who read where it stood, and to nobody else', async () => {
  const clip = await shared({ title: 'Grenoble', url: 'https://presse.example/grenoble', at: AT });
  const { id: watch } = await own(bastien);
  const { id } = await act((tx) => keepCopy(tx, bastien, clip, { watch }));
  await act((tx) => shareWatch(tx, bastien, watch, { community: OPEN, items: [id] }));
  const inside = ['found elise.perrin', 'kept bastien.vasseur', 'shared bastien.vasseur'];
  const outside = ['found bastien.vasseur', 'shared bastien.vasseur'];
  const chainOf = async (actor: Actor, item: string) =>
    told(await itemChain(db, actor, item)).filter((line) => !line.startsWith('signed'));
  expect(await chainOf(elise, id)).toEqual(inside);
  expect(await chainOf(thomas, id)).toEqual(outside);
  expect((await readItem(db, thomas, id)).finder?.handle).toBe('bastien.vasseur');

  const { id: third } = await own(thomas);
  const last = await act((tx) => keepCopy(tx, thomas, id, { watch: third }));
  await act((tx) => shareWatch(tx, thomas, third, { community: OPEN, items: [last.id] }));
  expect(await chainOf(thomas, last.id)).toEqual([
    ...['found bastien.vasseur', 'kept thomas.gauthier', 'shared thomas.gauthier'],
  ]);
  expect((await chainOf(elise, last.id)).slice(0, 3)).toEqual([
    ...['found elise.perrin', 'kept bastien.vasseur', 'kept thomas.gauthier'],
  ]);

  const dossier = await act((tx) =>
    foundDossier(tx, thomas, { name: 'Grenoble', community: OPEN, watches: [watch, third] }),
  );
  const findersFor = async (actor: Actor) =>
    (await dossierThings(db, actor, dossier.id)).items[0]!.finds.map(({ finder }) => finder.handle);
  expect(await findersFor(elise)).toEqual(['elise.perrin', 'bastien.vasseur']);
  expect(await findersFor(thomas)).toEqual(['bastien.vasseur', 'bastien.vasseur']);

  const { rows } = await sql<{
    watch_id: string;
  }>`select watch_id from desk_items where id = ${clip}`.execute(db);
  await act((tx) => stopSharing(tx, elise, rows[0]!.watch_id));
  expect((await chainOf(elise, id)).slice(0, 3)).toEqual(inside);
  expect((await listItems(db, thomas, { watch })).items.map((item) => item.id)).toEqual([id]);
});
