import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { addHighlight } from '#server/desk/highlights.ts';
import { keepClip } from '#server/desk/keep.ts';
import { listItems } from '#server/desk/list.ts';
import { writeNote } from '#server/desk/note.ts';
import { readItem } from '#server/desk/read.ts';
import { createWatch } from '#server/desk/watch.ts';
import { readWatch } from '#server/desk/watches.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { readPage } from '#server/pages/read.ts';
import { readPost } from '#server/posts/read.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { audienceOf } from './audience.ts';
import { proposal } from './text.ts';
import { turnItem } from './turn.ts';
import { undoTurning } from './undo.ts';
import { changeSharing, shareableItems, shareWatch, stopSharing } from './watch.ts';

const { db } = await testDatabase();
const elise = await actorOf(db, 'elise.perrin');
const bastien = await actorOf(db, 'bastien.vasseur');
const thomas = await actorOf(db, 'thomas.gauthier');
const write = <T>(run: (tx: Tx) => Promise<T>) => inTransaction(db, run);
const notFound = { code: 'not_found' };

test('who will see it is said before anything leaves', async () => {
  const { rows } = await sql<{ members: number }>`select count(*)::int as members from memberships
    join communities c on c.id = community_id where slug = 'face-a-norvalt'`.execute(db);
  expect(await audienceOf(db, elise, 'face-a-norvalt')).toMatchObject({
    of: 'members',
    members: rows[0]!.members,
  });
  expect(await audienceOf(db, elise, 'le-comptoir')).toMatchObject({ of: 'open', members: 0 });
  expect(await audienceOf(db, elise, null)).toMatchObject({ of: 'blog', community: null });
  for (const slug of ['face-a-norvalt', 'nulle-part'])
    await expect(audienceOf(db, thomas, slug)).rejects.toMatchObject(notFound);
});

test('a clip becomes a post: my words and what I marked, its source and its finder; one step back undoes it', async () => {
  const { id } = await write((tx) =>
    keepClip(tx, elise, {
      url: 'https://norvalt.example/prix',
      title: 'Tarifs',
      author: 'Anne Duval',
      body: 'À lire',
    }),
  );
  await write((tx) => addHighlight(tx, elise, id, { quote: 'Hausse de 4 %', note: 'Enfin' }));
  const { title, body } = await proposal(db, elise, id);
  expect(body).toBe('À lire\n\n> Hausse de 4 %\n\nEnfin');
  await expect(proposal(db, bastien, id)).rejects.toMatchObject(notFound);
  const turning = { into: 'post' as const, community: 'face-a-norvalt', title, body };
  await expect(write((tx) => turnItem(tx, bastien, id, turning))).rejects.toMatchObject(notFound);

  const post = await write((tx) => turnItem(tx, elise, id, turning));
  expect(await readPost(db, bastien, post.id)).toMatchObject({
    ...{ title: 'Tarifs', author: { handle: 'elise.perrin' } },
    source: { url: 'https://norvalt.example/prix', title: 'Tarifs', author: 'Anne Duval' },
  });
  await expect(readPost(db, thomas, post.id)).rejects.toMatchObject(notFound);
  const { rows } =
    await sql`select kind, from_kind, from_id, how, person_id, finder_id, credit from provenance
    where subject_id = ${post.id}`.execute(db);
  expect(rows).toEqual([
    {
      ...{ kind: 'post', from_kind: 'clip', from_id: id, how: 'turned', credit: 'Anne Duval' },
      ...{ person_id: elise.id, finder_id: elise.id },
    },
  ]);
  expect((await readItem(db, elise, id)).sharedAt).toBeNull();

  await expect(write((tx) => undoTurning(tx, bastien, post.id))).rejects.toMatchObject(notFound);
  expect(await write((tx) => undoTurning(tx, elise, post.id))).toEqual({ item: id, was: 'post' });
  await expect(readPost(db, bastien, post.id)).rejects.toMatchObject(notFound);
  expect((await readItem(db, elise, id)).title).toBe('Tarifs');

  const page = await write((tx) => turnItem(tx, elise, id, { ...turning, into: 'page' }));
  expect(await write((tx) => undoTurning(tx, elise, page.id))).toEqual({ item: id, was: 'page' });
  await expect(readPage(db, elise, page.id)).rejects.toMatchObject(notFound);
});

test('a watch is shared with what was chosen, by its owner alone, and taken back whole', async () => {
  const { id: watch } = await write((tx) => createWatch(tx, elise, { name: 'Norvalt' }));
  const { id: page } = await write((tx) => keepClip(tx, elise, { url: 'https://norvalt.example/a', watch }));
  const { id: note } = await write((tx) => writeNote(tx, elise, { body: 'Pour moi', watch }));
  const sharing = { community: 'face-a-norvalt', items: [page] };
  expect((await shareableItems(db, bastien, watch)).items).toEqual([]);
  await expect(write((tx) => shareWatch(tx, bastien, watch, sharing))).rejects.toMatchObject(notFound);
  await expect(
    write((tx) => shareWatch(tx, elise, watch, { ...sharing, community: 'appels-offres-x' })),
  ).rejects.toMatchObject(notFound);

  await write((tx) => shareWatch(tx, elise, watch, sharing));
  await expect(write((tx) => shareWatch(tx, elise, watch, sharing))).rejects.toMatchObject({
    reason: 'watch_shared',
  });
  expect(await readWatch(db, bastien, watch)).toMatchObject({
    own: false,
    owner: { handle: 'elise.perrin' },
  });
  expect((await listItems(db, bastien, { watch })).items.map(({ id }) => id)).toEqual([page]);
  await expect(readItem(db, bastien, note)).rejects.toMatchObject(notFound);
  await expect(readWatch(db, thomas, watch)).rejects.toMatchObject(notFound);

  await expect(write((tx) => stopSharing(tx, bastien, watch))).rejects.toMatchObject(notFound);
  await write((tx) => stopSharing(tx, elise, watch));
  await expect(readWatch(db, bastien, watch)).rejects.toMatchObject(notFound);
  await expect(readItem(db, bastien, page)).rejects.toMatchObject(notFound);
  expect((await readItem(db, elise, page)).watch?.id).toBe(watch);
});

test('what is shared of a watch is changed without taking it back, or moves elsewhere whole', async () => {
  const { id: watch } = await write((tx) => createWatch(tx, elise, { name: 'Thermor' }));
  const keep = (page: string) =>
    write((tx) => keepClip(tx, elise, { url: `https://thermor.example/${page}`, watch }));
  const [a, b, c] = [await keep('a'), await keep('b'), await keep('c')];
  const change = (actor: typeof elise, community: string, ...items: { id: string }[]) =>
    write((tx) => changeSharing(tx, actor, watch, { community, items: items.map(({ id }) => id) }));
  const seenBy = async (actor: typeof elise) =>
    (await listItems(db, actor, { watch })).items.map(({ id }) => id).toSorted();
  const ids = (...items: { id: string }[]) => items.map(({ id }) => id).toSorted();
  await expect(change(elise, 'face-a-norvalt', a)).rejects.toMatchObject({ reason: 'watch_not_shared' });
  await write((tx) => shareWatch(tx, elise, watch, { community: 'face-a-norvalt', items: [a.id, b.id] }));
  const { sharedAt } = await readWatch(db, elise, watch);

  await expect(change(bastien, 'face-a-norvalt', c)).rejects.toMatchObject(notFound);
  await change(elise, 'face-a-norvalt', b, c);
  expect(await seenBy(bastien)).toEqual(ids(b, c));
  expect((await readWatch(db, elise, watch)).sharedAt).toBe(sharedAt);

  await expect(change(elise, 'appels-offres-x', b)).rejects.toMatchObject(notFound);
  expect(await seenBy(bastien)).toEqual(ids(b, c));
  await change(elise, 'le-comptoir', a);
  expect(await seenBy(thomas)).toEqual(ids(a));
  expect(await seenBy(bastien)).toEqual(ids(a));
});

test('what is shared leaves one event with its community, and no word of it', async () => {
  const { id: watch } = await write((tx) => createWatch(tx, elise, { name: 'Zorglonde' }));
  await write((tx) => shareWatch(tx, elise, watch, { community: 'le-comptoir', items: [] }));
  const { rows } = await sql<{
    name: string;
    data: object;
  }>`select name, data from events where subject_id = ${watch}`.execute(db);
  expect(rows).toEqual([{ name: 'watch.shared', data: {} }]);
});
