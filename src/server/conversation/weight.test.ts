/** However much is said, no answer carries more than a bounded weight, and nothing of it is lost. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { answerFeed } from '../feeds/answer.ts';
import { hideThing } from '../moderation/hide.ts';
import { inTransaction } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { addComment, editComment } from './comment.ts';
import type { CommentView, Page, ThreadView } from './present.ts';
import { readReplies, threadsOf } from './thread.ts';
import { MOST_WEIGHT } from './weight.ts';

const { db } = await testDatabase('world');
const thomas = await actorOf(db, 'thomas.gauthier');
const helene = await actorOf(db, 'helene.dargent');
const yanis = await actorOf(db, 'yanis.belkacem');

async function post(): Promise<string> {
  const made = await inTransaction(db, (tx) =>
    createPost(tx, helene, { body: 'À discuter.', status: 'published' }),
  );
  return made.id;
}

const counted = { at: 0 };

// Nothing is searched for here, and long texts take long to index.
await sql`drop trigger comments_indexed on comments`.execute(db);

/** Comments of so many characters each, as an import or an older version left them, a second apart. */
async function said(entryId: string, lengths: number[], rootId: string | null = null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`insert into comments
      (entry_id, parent_id, root_id, author_id, body, html, created_at)
    select ${entryId}, ${rootId}::uuid, ${rootId}::uuid, ${thomas.id}, text, '<p>' || text || '</p>',
      now() - interval '1 day' + (${counted.at} + place) * interval '1 second'
    from unnest(${lengths}::int[]) with ordinality said(length, place)
      cross join lateral (select 'Début. ' || left(repeat('mot ', length / 4 + 1), length) as text) told
    order by place returning id`.execute(db);
  counted.at += lengths.length;
  return rows.map(({ id }) => id);
}

const weight = (comments: CommentView[]) =>
  comments.reduce((sum, { body, html }) => sum + Buffer.byteLength(body) + Buffer.byteLength(html), 0);
const spoken = ({ items }: Page<ThreadView>) => items.flatMap((thread) => [thread, ...thread.replies]);

/** Reads a conversation by its links alone, and gives every comment once for each time it was new on a page. */
async function readOn(entry: string): Promise<string[]> {
  const read: string[] = [];
  const take = (page: Page<ThreadView>) => {
    expect(weight(spoken(page))).toBeLessThanOrEqual(MOST_WEIGHT);
    expect(page.items.length).toBeGreaterThan(0);
    return page;
  };
  let cursor: string | null = null;
  do {
    const page: Page<ThreadView> = take(await threadsOf(db, thomas, entry, { cursor }));
    for (const thread of page.items) {
      read.push(thread.id, ...thread.replies.map(({ id }) => id));
      let replies = thread.moreReplies;
      while (replies) {
        const next = take(await threadsOf(db, thomas, entry, { comment: thread.id, replies }));
        const found = next.items.find(({ id }) => id === thread.id)!;
        expect(found.replies.length).toBeGreaterThan(0);
        read.push(...found.replies.map(({ id }) => id));
        replies = found.moreReplies;
      }
    }
    cursor = page.next;
  } while (cursor);
  return read;
}

test('a conversation of long texts is read in pages of a bounded weight, none lost and none twice', async () => {
  const entry = await post();
  const all: string[] = [];
  // Some that are whole in a list, some that are not, some of a few words; threads that outweigh a page.
  for (const [thread, length] of [18_000, 10, 70_000, 9_000, 19_000, 19_900].entries()) {
    const [root = ''] = await said(entry, [length]);
    const lengths = Array.from({ length: thread * 11 }, (_, at) => [15_000, 19_000, 3, 50_000][at % 4] ?? 0);
    all.push(root, ...(await said(entry, lengths, root)));
  }
  expect(await readOn(entry)).toEqual(all);

  // The same by the route of a thread.
  const [root = ''] = await said(entry, [5]);
  const replies = await said(
    entry,
    Array.from({ length: 120 }, () => 19_500),
    root,
  );
  const read: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<CommentView> = await readReplies(db, thomas, root, { cursor, limit: 100 });
    expect(weight(page.items)).toBeLessThanOrEqual(MOST_WEIGHT);
    read.push(...page.items.map(({ id }) => id));
    cursor = page.next;
  } while (cursor);
  expect(read).toEqual(replies);
});

test('thousands of single words are no heavier a page than a few long texts', async () => {
  const entry = await post();
  const all: string[] = [];
  for (let thread = 0; thread < 5; thread++) {
    const [root = ''] = await said(entry, [1]);
    all.push(root, ...(await said(entry, Array<number>(400).fill(1), root)));
  }
  expect(spoken(await threadsOf(db, thomas, entry)).length).toBeLessThan(700);
  expect(await readOn(entry)).toEqual(all);
});

test('a text that is too long for a list shows its beginning there, and is whole at its own address', async () => {
  const entry = await post();
  const [long = '', short = ''] = await said(entry, [390_000, 20]);
  const [first, second] = (await threadsOf(db, thomas, entry)).items;
  expect(first).toMatchObject({ id: long, cut: true });
  expect(first?.body).toMatch(/^Début\. (mot )+m?o?t?$/);
  expect(first?.html).toMatch(/^<p>Début\. (mot ?)+…<\/p>$/);
  expect(first?.html.length).toBeLessThan(400);
  expect(second).toMatchObject({ id: short, cut: false });
  const whole = (await threadsOf(db, thomas, entry, { comment: long })).items[0];
  expect(whole).toMatchObject({ id: long, cut: false });
  expect(whole?.body).toHaveLength(390_007);
  expect(whole?.html).toContain(whole?.body);
});

test('the address of a comment holds it, whatever was said before it', async () => {
  const entry = await post();
  const roots = await said(
    entry,
    Array.from({ length: 40 }, () => 19_000),
  );
  const replies = await said(
    entry,
    Array.from({ length: 60 }, (_, at) => (at % 2 ? 19_000 : 50_000)),
    roots[30],
  );
  for (const comment of [
    ...roots.slice(8, 16),
    roots[30]!,
    roots[39]!,
    replies[0]!,
    replies[7]!,
    replies[58]!,
    replies[59]!,
  ]) {
    const page = await threadsOf(db, thomas, entry, { comment });
    const found = spoken(page).find(({ id }) => id === comment);
    expect(found, comment).toMatchObject({ cut: false });
    const others = spoken(page).filter(({ id }) => id !== comment);
    expect(weight(others)).toBeLessThanOrEqual(MOST_WEIGHT);
  }
  expect((await threadsOf(db, thomas, entry, { comment: roots[2]! })).items[0]?.id).toBe(roots[0]);
});

test('what a reader may not see does not move where his page ends', async () => {
  const entry = await post();
  const written: string[] = [];
  for (let at = 0; at < 30; at++) {
    const [root = ''] = await said(entry, [17_000]);
    written.push(root, ...(await said(entry, [12_000, 14_000], root)));
  }
  const looks = () =>
    Promise.all([
      threadsOf(db, yanis, entry),
      threadsOf(db, yanis, entry, { limit: 8 }),
      threadsOf(db, yanis, entry, { comment: written[50]! }),
      readReplies(db, yanis, written[0]!, { limit: 2 }),
    ]);
  // Two that were answered keep their places, without a word: be there one that was taken away, or thousands.
  const removed = [written[0], written[3]];
  const say = (words: number) =>
    sql`update comments set deleted_at = now(), body = repeat('mot ', ${words}::int), html = repeat('mot ', ${words}::int)
      where id = any(${removed}::uuid[])`.execute(db);
  await say(1);
  const before = await looks();
  await say(4_500);
  expect(await looks()).toEqual(before);
  // One opens a thread, the others answer: among what is read at first, and before what an address leads to.
  const hidden = [
    ...(await said(entry, [300_000])),
    ...(await said(entry, [300_000, 9, 9, 9, 9], written[0])),
  ];
  await sql`update comments set created_at = (select created_at from comments where id = ${written[0]}) + n * interval '1 millisecond'
    from unnest(${hidden}::uuid[]) with ordinality gone(id, n) where comments.id = gone.id`.execute(db);
  await sql`update comments set deleted_at = now() where id = any(${hidden.slice(0, 3)}::uuid[])`.execute(db);
  for (const id of hidden.slice(3))
    await inTransaction(db, (tx) => hideThing(tx, helene, { on: 'comment', id, reason: 'Hors sujet.' }));
  expect(await looks()).toEqual(before);
  expect((await threadsOf(db, helene, entry)).items[0]?.replies).toHaveLength(5);
});

test('a comment has 20,000 characters at most; one that came longer can still be put right', async () => {
  const entry = await post();
  const write = (body: string) => inTransaction(db, (tx) => addComment(tx, thomas, { entryId: entry, body }));
  const { id } = await write(`${'a'.repeat(9_999)}\r\n${'é'.repeat(10_000)}`);
  await expect(write('a'.repeat(20_001))).rejects.toMatchObject({
    code: 'invalid',
    fields: { body: 'comment_too_long' },
  });
  const edit = (comment: string, body: string) =>
    inTransaction(db, (tx) => editComment(tx, thomas, comment, { body }));
  await expect(edit(id, 'b'.repeat(20_001))).rejects.toMatchObject({ fields: { body: 'comment_too_long' } });
  const [old = ''] = await said(entry, [60_000]);
  await edit(old, 'c'.repeat(60_000));
  await expect(edit(old, 'c'.repeat(60_001))).rejects.toMatchObject({ fields: { body: 'comment_too_long' } });
});

test('the feed of a conversation is no heavier, and its long texts lead to where they are whole', async () => {
  const entry = await post();
  await said(
    entry,
    Array.from({ length: 60 }, (_, at) => [60_000, 19_000, 30][at % 3] ?? 0),
  );
  const url = new URL(`https://essaim.example/feeds/posts/${entry}.json`);
  const answer = await answerFeed(db, {
    path: `posts/${entry}.json`,
    url,
    headers: new Headers(),
    session: thomas,
  });
  const text = await answer.text();
  expect(Buffer.byteLength(text)).toBeLessThan(1.5 * MOST_WEIGHT);
  const { items } = JSON.parse(text) as { items: { url: string; content_html: string }[] };
  expect(items.length).toBeGreaterThan(20);
  expect(items[0]?.content_html).toMatch(/^<p>Début\. (mot ){7}mo<\/p>$/);
  expect(items[2]?.content_html).toContain(`href="${items[2]!.url.replaceAll('&', '&amp;')}"`);
});
