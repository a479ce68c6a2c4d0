import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { inTransaction } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { addComment } from './comment.ts';
import { firstSince } from './place.ts';
import { markRead } from './reads.ts';
import { threadsOf } from './thread.ts';

const { db } = await testDatabase('world');
const thomas = await actorOf(db, 'thomas.gauthier');
const helene = await actorOf(db, 'helene.dargent');

async function postOf(community?: string): Promise<string> {
  const post = { body: 'Un long sujet.', status: 'published' as const, ...(community && { community }) };
  return (await inTransaction(db, (tx) => createPost(tx, helene, post))).id;
}

/** Comments written one second after the other, in one go. */
async function said(entryId: string, count: number, rootId: string | null = null): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`insert into comments (entry_id, parent_id, root_id, author_id, body, html, created_at)
    select ${entryId}, ${rootId}, ${rootId}, ${thomas.id}, 'Mot ' || n, '<p>Mot ' || n || '</p>',
      now() - interval '1 day' + n * interval '1 second'
    from generate_series(1, ${count}) n returning id`.execute(db);
  return rows.map(({ id }) => id);
}

test('replies beyond the first page are read page after page, none lost and none twice', async () => {
  const entry = await postOf();
  const [root = ''] = await said(entry, 1);
  const written = await said(entry, 1203, root);
  const read: string[] = [];
  let replies: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof threadsOf>> = await threadsOf(db, thomas, entry, {
      comment: root,
      replies,
    });
    const thread = page.items[0];
    expect(thread?.begunLate).toBe(replies !== null);
    read.push(...(thread?.replies.map(({ id }) => id) ?? []));
    replies = thread?.moreReplies ?? null;
  } while (replies);
  expect(read).toEqual(written);
});

test('the address of a comment leads to a page that holds it, wherever it stands', async () => {
  const entry = await postOf();
  const roots = await said(entry, 130);
  const late = roots[119] ?? '';
  const replies = await said(entry, 700, late);
  const holds = async (comment: string) => {
    const { items } = await threadsOf(db, thomas, entry, { comment });
    return items.some((thread) => [thread, ...thread.replies].some(({ id }) => id === comment));
  };
  for (const comment of [
    roots[0],
    roots[49],
    roots[50],
    late,
    replies[0],
    replies[499],
    replies[500],
    replies[699],
  ])
    expect(await holds(comment ?? ''), comment).toBe(true);
  const first = await threadsOf(db, thomas, entry, { comment: roots[3] });
  expect(first.items[0]?.id).toBe(roots[0]);
});

test('what is said within one millisecond stands in the order in which it was said', async () => {
  const entry = await postOf();
  const spoken: string[] = [];
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    for (const word of 'abcdefgh') {
      const say = inTransaction(db, (tx) => addComment(tx, thomas, { entryId: entry, body: word }));
      spoken.push((await say).id);
    }
  } finally {
    vi.useRealTimers();
  }
  const { items } = await threadsOf(db, thomas, entry);
  expect(items.map(({ id }) => id)).toEqual(spoken);
});

test('a comment out of sight leads nowhere else than one that never was', async () => {
  const entry = await postOf();
  await said(entry, 60);
  const [gone = ''] = await said(entry, 1);
  await db.updateTable('comments').set({ deleted_at: new Date() }).where('id', '=', gone).execute();
  const plain = await threadsOf(db, thomas, entry);
  expect(await threadsOf(db, thomas, entry, { comment: gone })).toEqual(plain);
  expect(await threadsOf(db, thomas, entry, { comment: 'no comment' })).toEqual(plain);
  expect(await threadsOf(db, thomas, entry, { comment: '01900000-0000-7000-8000-000000000000' })).toEqual(
    plain,
  );
  const [elsewhere = ''] = await said(await postOf(), 1);
  expect(await threadsOf(db, thomas, entry, { comment: elsewhere })).toEqual(plain);
});

test('a reader takes the conversation up at the first words since', async () => {
  const entry = await postOf();
  await said(entry, 2);
  expect(await firstSince(db, helene, entry)).toBeNull();
  await inTransaction(db, (tx) => markRead(tx, helene, entry));
  expect(await firstSince(db, helene, entry)).toBeNull();
  const say = (body: string) => inTransaction(db, (tx) => addComment(tx, thomas, { entryId: entry, body }));
  await inTransaction(db, (tx) => addComment(tx, helene, { entryId: entry, body: 'Mes mots.' }));
  const { id } = await say('Du nouveau.');
  await say('Encore.');
  expect(await firstSince(db, helene, entry)).toBe(id);
  expect(await firstSince(db, thomas, entry)).toBeNull();
});
