import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { keepPost } from '#server/desk/bookmark.ts';
import { fileItem } from '#server/desk/file.ts';
import { keepClip } from '#server/desk/keep.ts';
import { writeNote } from '#server/desk/note.ts';
import { deleteItem } from '#server/desk/remove.ts';
import { createWatch } from '#server/desk/watch.ts';
import { readWatch } from '#server/desk/watches.ts';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { shareWatch } from './watch.ts';

const { db } = await testDatabase('world');
const elise = await actorOf(db, 'elise.perrin');
const bastien = await actorOf(db, 'bastien.vasseur');
const thomas = await actorOf(db, 'thomas.gauthier');
const write = <T>(run: (tx: Tx) => Promise<T>) => inTransaction(db, run);

let number = 0;
/** An openly shared watch, and what anybody else may read of it. */
async function openWatch() {
  const { id: watch } = await write((tx) => createWatch(tx, elise, { name: `Nombres ${(number += 1)}` }));
  const { id: page } = await write((tx) => keepClip(tx, elise, { url: `https://a.example/${watch}`, watch }));
  await write((tx) => shareWatch(tx, elise, watch, { community: 'le-comptoir', items: [page] }));
  const { rows } = await sql<{ count: number }>`select count(*)::int from events`.execute(db);
  const told = rows[0]!.count;
  return {
    watch,
    events: async () =>
      (await sql<{ name: string }>`select name from events order by id offset ${told}`.execute(db)).rows.map(
        ({ name }) => name,
      ),
    moved: async (actor: typeof elise) => (await readWatch(db, actor, watch)).activityAt,
  };
}

test('what is put into a shared watch for oneself alone moves nothing for others', async () => {
  const { watch, events, moved } = await openWatch();
  const [before, own] = [await moved(thomas), await moved(elise)];
  const { id } = await write((tx) => writeNote(tx, elise, { body: 'Pour moi', watch, forMe: true }));
  await write((tx) => keepClip(tx, elise, { url: 'https://a.example/moi', watch, forMe: true }));
  const { id: loose } = await write((tx) => writeNote(tx, elise, { body: 'En vrac' }));
  await write((tx) => fileItem(tx, elise, loose, { watch, forMe: true }));
  expect(await moved(thomas)).toBe(before);
  expect(await events()).toEqual([]);
  expect((await moved(elise)) > own).toBe(true);

  await write((tx) => fileItem(tx, elise, id, { forMe: false }));
  expect((await moved(thomas)) > before).toBe(true);
  expect(await events()).toEqual(['item.shared']);
});

test('a kept post of a closed room moves an open watch for those alone who see the post', async () => {
  const { watch, events, moved } = await openWatch();
  const { id: post } = await write((tx) =>
    createPost(tx, elise, {
      title: 'À huis clos',
      body: 'Entre nous',
      community: 'face-a-norvalt',
      status: 'published',
    }),
  );
  const told = await events();
  const before = await moved(thomas);
  const { id } = await write((tx) => keepPost(tx, elise, post, { watch }));
  expect(await moved(thomas)).toBe(before);
  expect((await moved(bastien)) > before).toBe(true);
  await write((tx) => fileItem(tx, elise, id, { body: 'À relire' }));
  await write((tx) => deleteItem(tx, elise, id));
  expect(await events()).toEqual(told);
  const { rows } = await sql`select name from desk_events where subject_id = ${id} order by id`.execute(db);
  expect(rows).toEqual(['item.kept', 'item.edited', 'item.edited', 'item.deleted'].map((name) => ({ name })));

  const { id: open } = await write((tx) =>
    createPost(tx, elise, { title: 'Ouvert', body: 'À tous', status: 'published' }),
  );
  await write((tx) => keepPost(tx, elise, open, { watch }));
  expect((await moved(thomas)) > before).toBe(true);
  expect((await events()).at(-1)).toBe('item.shared');
});
