import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { listFeed } from '#server/feed/list.ts';
import { inTransaction } from '#server/platform/db.ts';
import { addComment, deleteComment, editComment, restoreComment } from '#server/conversation/comment.ts';
import { follow, followedTags, followsOf, unfollow } from '#server/conversation/follow.ts';
import { react, unreact } from '#server/conversation/react.ts';
import { markRead } from '#server/conversation/reads.ts';
import { deletedCommentsOf } from '#server/conversation/regret.ts';
import { listTags, readTag } from '#server/conversation/tags.ts';
import { readReplies, threadsOf } from '#server/conversation/thread.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { createPost } from './create.ts';
import { editPost } from './edit.ts';
import { postHistory } from './history.ts';
import { readPost } from './read.ts';
import { draftsOf } from './drafts.ts';
import { deletePost, deletedPostsOf, restorePost } from './remove.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');
const thomas = await actorOf(db, 'thomas.gauthier');
const guest = await actorOf(db, 'pierre.alonzo');

const publish = (actor = helene, input: object = {}) =>
  inTransaction(db, (tx) => createPost(tx, actor, { body: 'Bonjour', status: 'published', ...input }));

test('a post in a personal blog is read by everybody but guests', async () => {
  const { id } = await publish(helene, {
    title: 'Perdu, et content de l’avoir su tôt',
    body: 'Merci à @nadia.rahmani.',
    tags: ['Appels d’offres', '#déroute', 'déroute'],
  });
  const post = await readPost(db, thomas, id);
  expect(post).toMatchObject({
    title: 'Perdu, et content de l’avoir su tôt',
    status: 'published',
    author: { handle: 'helene.dargent' },
    community: null,
    tags: [
      { slug: 'appels-d-offres', label: 'Appels d’offres' },
      { slug: 'deroute', label: 'déroute' },
    ],
    may: { edit: false, comment: true, react: true },
  });
  expect(post.html).toContain('<a href="/people/nadia.rahmani">');
  await expect(readPost(db, guest, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(publish(guest)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a draft is its author’s alone, until it is published', async () => {
  const { id } = await inTransaction(db, (tx) =>
    createPost(tx, helene, { body: '', title: 'Ébauche', tags: ['ebauche'] }),
  );
  await expect(readPost(db, nadia, id)).rejects.toMatchObject({ code: 'not_found' });
  expect((await draftsOf(db, helene)).items.map((draft) => draft.id)).toContain(id);
  expect((await listTags(db, nadia, { prefix: 'ebau' })).items).toEqual([]);
  await expect(
    inTransaction(db, (tx) => editPost(tx, helene, id, { status: 'published' })),
  ).rejects.toMatchObject({
    fields: { body: 'text_empty' },
  });
  await inTransaction(db, (tx) => editPost(tx, helene, id, { body: 'Voilà.', status: 'published' }));
  expect((await readPost(db, nadia, id)).status).toBe('published');
  expect((await listFeed(db, nadia, { tag: 'ebauche' })).items.map((item) => item.id)).toEqual([id]);
});

test('an edit keeps the version before it; nobody edits another’s post', async () => {
  const { id } = await publish(helene, { title: 'Un', body: 'Premier.' });
  await inTransaction(db, (tx) => editPost(tx, helene, id, { body: 'Second.' }));
  const { items } = await postHistory(db, nadia, id);
  expect(items.map((version) => version.body)).toEqual(['Second.', 'Premier.']);
  expect(items.map(({ writtenAt }) => writtenAt)[0]).toBe(items[1]?.replacedAt);
  await expect(inTransaction(db, (tx) => editPost(tx, nadia, id, { body: 'x' }))).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('a deleted post is gone for everybody and comes back with its conversation', async () => {
  const { id } = await publish();
  await inTransaction(db, (tx) => addComment(tx, nadia, { entryId: id, body: 'Oui.' }));
  await inTransaction(db, (tx) => deletePost(tx, helene, id));
  for (const actor of [helene, nadia])
    await expect(readPost(db, actor, id)).rejects.toMatchObject({ code: 'not_found' });
  expect((await deletedPostsOf(db, helene)).items.map((post) => post.id)).toEqual([id]);
  await expect(inTransaction(db, (tx) => restorePost(tx, nadia, id))).rejects.toMatchObject({
    code: 'not_found',
  });
  await inTransaction(db, (tx) => restorePost(tx, helene, id));
  expect((await threadsOf(db, nadia, id)).items).toHaveLength(1);
});

test('comments thread under what they answer; a removed one leaves no trace but its place', async () => {
  const { id: entryId } = await publish();
  const say = (actor = nadia, body = 'Mot', parentId?: string) =>
    inTransaction(db, (tx) => addComment(tx, actor, { entryId, body, parentId }));
  const before = await readPost(db, thomas, entryId);
  const root = await say();
  const reply = await say(thomas, 'Réponse', root.id);
  const deep = await say(helene, 'Encore', reply.id);
  expect((await threadsOf(db, helene, entryId)).items).toMatchObject([
    {
      id: root.id,
      replies: [
        { id: reply.id, parentId: root.id },
        { id: deep.id, parentId: reply.id },
      ],
    },
  ]);
  await inTransaction(db, (tx) => deleteComment(tx, nadia, root.id));
  expect((await threadsOf(db, helene, entryId)).items).toMatchObject([
    { state: 'removed', html: '', author: { handle: '' } },
  ]);
  await inTransaction(db, (tx) => deleteComment(tx, helene, deep.id));
  await inTransaction(db, (tx) => deleteComment(tx, thomas, reply.id));
  expect((await threadsOf(db, helene, entryId)).items).toEqual([]);
  expect(await readPost(db, thomas, entryId)).toEqual(before);
  await inTransaction(db, (tx) => restoreComment(tx, nadia, root.id));
  await inTransaction(db, (tx) => editComment(tx, nadia, root.id, { body: 'Mot juste' }));
  await expect(
    inTransaction(db, (tx) => editComment(tx, thomas, root.id, { body: 'x' })),
  ).rejects.toMatchObject({ code: 'not_found' });
  expect((await readPost(db, thomas, entryId)).comments).toBe(1);
});

test('a reaction of a kind is given once, whatever the clicks', async () => {
  const { id } = await publish();
  const thank = { on: 'entry', id, kind: 'thanks' } as const;
  const comment = await inTransaction(db, (tx) => addComment(tx, nadia, { entryId: id, body: 'Oui.' }));
  for (const [whose, own] of [
    [helene, thank],
    [nadia, { ...thank, on: 'comment', id: comment.id }],
  ] as const) {
    const felt = inTransaction(db, (tx) => react(tx, whose, own));
    await expect(felt).rejects.toMatchObject({ code: 'forbidden', reason: 'own_words' });
  }
  await Promise.all([1, 2, 3].map(() => inTransaction(db, (tx) => react(tx, nadia, thank))));
  expect(await readPost(db, nadia, id)).toMatchObject({ reactions: { thanks: 1 }, mine: ['thanks'] });
  await Promise.all([1, 2].map(() => inTransaction(db, (tx) => unreact(tx, nadia, thank))));
  expect(await readPost(db, nadia, id)).toMatchObject({ reactions: { thanks: 0 }, mine: [] });
});

test('the feed of what I follow gathers communities, people and tags, each entry once, page after page', async () => {
  const { id } = await publish(helene, { tags: ['tarifs-2027'] });
  const tag = await readTag(db, nadia, 'tarifs-2027');
  const find = async () =>
    (await listFeed(db, nadia, { scope: 'following', limit: 100 })).items.filter((item) => item.id === id);
  await db.deleteFrom('follows').where('person_id', '=', nadia.id).where('kind', '<>', 'community').execute();
  expect(await find()).toHaveLength(0);
  await inTransaction(db, (tx) => follow(tx, nadia, { kind: 'tag', id: tag.id }));
  await inTransaction(db, (tx) => follow(tx, nadia, { kind: 'person', id: helene.id }));
  expect(await find()).toHaveLength(1);
  expect((await followsOf(db, nadia)).map((followed) => followed.key)).toContain('tarifs-2027');
  expect(await followedTags(db, nadia)).toEqual([expect.objectContaining({ slug: 'tarifs-2027' })]);
  const whole = (await listFeed(db, nadia, { limit: 100 })).items.map((item) => item.id);
  const paged: string[] = [];
  let cursor: string | null = null;
  do {
    const next = await listFeed(db, nadia, { limit: 3, cursor });
    paged.push(...next.items.map((item) => item.id));
    cursor = next.next;
  } while (cursor && paged.length < whole.length);
  expect(paged).toEqual(whole);
  await inTransaction(db, (tx) => unfollow(tx, nadia, { kind: 'tag', id: tag.id }));
  await inTransaction(db, (tx) => unfollow(tx, nadia, { kind: 'person', id: helene.id }));
  expect(await find()).toHaveLength(0);
});

test('unread until read, and again when somebody answers, be it in the same moment', async () => {
  const { id } = await publish();
  const unread = async () => (await readPost(db, nadia, id)).unread;
  expect(await unread()).toBe(true);
  await inTransaction(db, (tx) => markRead(tx, nadia, id));
  expect(await unread()).toBe(false);
  const hour = sql<Date>`now() + interval '1 hour'`;
  await db.updateTable('entry_activity').set({ last_at: hour }).where('entry_id', '=', id).execute();
  await inTransaction(db, (tx) => markRead(tx, nadia, id));
  expect(await unread()).toBe(false);
  await inTransaction(db, (tx) => addComment(tx, thomas, { entryId: id, body: 'Alors ?' }));
  expect(await unread()).toBe(true);
});

test('forged cursors and addresses are refused in words', async () => {
  await expect(listFeed(db, nadia, { cursor: 'zzz' })).rejects.toMatchObject({
    code: 'invalid',
    reason: 'bad_cursor',
  });
  await expect(readPost(db, nadia, "'; drop table people; --")).rejects.toMatchObject({ code: 'not_found' });
  await expect(publish(helene, { cover: 'javascript:alert(1)' })).rejects.toMatchObject({
    fields: { cover: 'not_web_address' },
  });
});

test('in an archived community nothing is said, felt or changed any more', async () => {
  const { id } = await publish(helene, { community: 'appels-offres' });
  const comment = await inTransaction(db, (tx) => addComment(tx, thomas, { entryId: id, body: 'Oui.' }));
  await db
    .updateTable('communities')
    .set({ archived_at: new Date() })
    .where('slug', '=', 'appels-offres')
    .execute();
  const archived = { code: 'forbidden', reason: 'community_archived' };
  const say = inTransaction(db, (tx) => addComment(tx, thomas, { entryId: id, body: 'Encore.' }));
  await expect(say).rejects.toMatchObject(archived);
  const felt = inTransaction(db, (tx) => react(tx, thomas, { on: 'entry', id, kind: 'thanks' }));
  await expect(felt).rejects.toMatchObject(archived);
  await expect(inTransaction(db, (tx) => editPost(tx, helene, id, { body: 'x' }))).rejects.toMatchObject(
    archived,
  );
  await expect(
    inTransaction(db, (tx) => editComment(tx, thomas, comment.id, { body: 'x' })),
  ).rejects.toMatchObject(archived);
  await db
    .updateTable('communities')
    .set({ archived_at: null })
    .where('slug', '=', 'appels-offres')
    .execute();
});

test('a conversation of more replies than a page holds is read to its end', async () => {
  const { id } = await publish();
  const root = await inTransaction(db, (tx) => addComment(tx, nadia, { entryId: id, body: 'Un.' }));
  await sql`insert into comments (entry_id, parent_id, root_id, author_id, body, html, created_at)
    select ${id}, ${root.id}, ${root.id}, ${nadia.id}, 'n' || n, '', now() + make_interval(secs => n)
    from generate_series(1, 620) n`.execute(db);
  const [thread] = (await threadsOf(db, thomas, id)).items;
  const read = thread!.replies.map(({ body }) => body);
  expect(read).toHaveLength(500);
  for (let cursor = thread!.moreReplies; cursor;) {
    const more = await readReplies(db, thomas, root.id, { cursor, limit: 50 });
    read.push(...more.items.map(({ body }) => body));
    cursor = more.next;
  }
  expect(read).toEqual(Array.from({ length: 620 }, (_, index) => `n${index + 1}`));
  await expect(readReplies(db, guest, root.id)).rejects.toMatchObject({ code: 'not_found' });
});

test('a deleted comment is found by its author alone, while it can be brought back', async () => {
  const { id } = await publish();
  const said = await inTransaction(db, (tx) => addComment(tx, nadia, { entryId: id, body: 'Regretté.' }));
  await inTransaction(db, (tx) => deleteComment(tx, nadia, said.id));
  const found = async (actor: Actor) => (await deletedCommentsOf(db, actor)).items;
  expect(await found(nadia)).toMatchObject([{ id: said.id, entryId: id, excerpt: 'Regretté.' }]);
  expect((await found(helene)).map((one) => one.id)).not.toContain(said.id);
  await db
    .updateTable('comments')
    .set({ deleted_at: new Date(Date.now() - 31 * 86_400_000) })
    .where('id', '=', said.id)
    .execute();
  expect(await found(nadia)).toEqual([]);
});

describe('a word behind # in the text', () => {
  const tagsNow = async (id: string) => (await readPost(db, helene, id)).tags.map(({ slug }) => slug);
  const write = (input: object) => inTransaction(db, (tx) => createPost(tx, helene, { body: 'x', ...input }));
  const change = (id: string, input: object) => inTransaction(db, (tx) => editPost(tx, helene, id, input));

  test('is a tag of a post that is out, beside those it was given, and leads to its page', async () => {
    const body = 'Le #Prix-Ferme et le #délai-ferme.';
    const { id } = await write({ body, tags: ['Prix ferme', 'devis'], status: 'published' });
    expect(await readPost(db, nadia, id)).toMatchObject({
      tags: [
        { slug: 'delai-ferme', label: 'délai-ferme' },
        { slug: 'devis', label: 'devis' },
        { slug: 'prix-ferme', label: 'Prix ferme' },
      ],
      html: expect.stringContaining('<a href="/tags/delai-ferme">#délai-ferme</a>') as string,
    });
    expect(await readTag(db, nadia, 'delai-ferme')).toMatchObject({ slug: 'delai-ferme' });
    await change(id, { body: 'Et la #clause-ferme.' });
    expect(await tagsNow(id)).toEqual(['clause-ferme', 'delai-ferme', 'devis', 'prix-ferme']);
    await change(id, { tags: ['devis'] });
    expect(await tagsNow(id)).toEqual(['clause-ferme', 'devis']);
  });

  test('counts only once the draft is out, with what it was given', async () => {
    const { id } = await write({ body: 'Un #brouillon-demi', tags: ['plan'] });
    expect(await tagsNow(id)).toEqual(['plan']);
    await change(id, { status: 'published' });
    expect(await tagsNow(id)).toEqual(['brouillon-demi', 'plan']);
    expect((await listFeed(db, nadia, { tag: 'plan' })).items.map((entry) => entry.id)).toEqual([id]);
  });
});
