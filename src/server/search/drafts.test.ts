/** What its author has not published: on his desk and in its search, and nowhere for anybody else. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { inTransaction, type Tx } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { deletePost } from '#server/posts/remove.ts';
import { keepRework } from '#server/posts/rework.ts';
import { unpublishedOf } from '#server/posts/unpublished.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import type { Actor } from '../actor.ts';
import { searchOwn } from './own.ts';

const { db } = await testDatabase('world');
const helene = await actorOf(db, 'helene.dargent');
const thomas = await actorOf(db, 'thomas.gauthier');

const write = <T>(run: (tx: Tx) => Promise<T>) => inTransaction(db, run);
const post = (input: object) =>
  write((tx) => createPost(tx, helene, { body: 'Un texte.', ...input })).then(({ id }) => id);
const found = async (actor: Actor, q: string, more: object = {}) =>
  (await searchOwn(db, actor, { q, ...more })).drafts.map(({ id, reworkId }) => [id, reworkId]);

test('a draft is found by its author in any form of its words, until it is thrown away', async () => {
  const id = await post({ title: 'Zirtex', body: 'Des remises <b>consenties</b> à Lyon' });
  for (const q of ['remise', 'zirtex lyon', 'zirt']) expect(await found(helene, q)).toEqual([[id, null]]);
  const { drafts } = await searchOwn(db, helene, { q: 'remises' });
  expect(drafts[0]!.snippetHtml).toContain('<mark>remises</mark>');
  expect(drafts[0]!.url).toBe(`/posts/${id}/edit`);
  expect(await found(helene, 'zirtex', { kind: 'note' })).toEqual([]);
  expect(await found(thomas, 'zirtex')).toEqual([]);
  expect(await unpublishedOf(db, thomas)).not.toContainEqual(expect.objectContaining({ id }));
  await write((tx) => deletePost(tx, helene, id));
  expect(await found(helene, 'zirtex')).toEqual([]);
});

test('what its author is changing of a post that is out is found by its new words, and by him alone', async () => {
  const id = await post({ title: 'Tarifs', body: 'Rien ne bouge.', status: 'published' });
  const reworkId = randomUUID();
  const fields = { title: '', body: 'La quarboline **augmente** & <script>alert(1)</script>' };
  await write((tx) => keepRework(tx, helene, id, reworkId, { fields, of: 1 }));
  expect(await found(helene, 'quarboline augmente')).toEqual([[id, reworkId]]);
  const [hit] = (await searchOwn(db, helene, { q: 'quarboline' })).drafts;
  expect(hit).toMatchObject({ title: 'Tarifs', url: `/posts/${id}/edit?rework=${reworkId}` });
  expect(hit!.snippetHtml).not.toContain('<script');
  expect(await found(thomas, 'quarboline')).toEqual([]);
  expect((await unpublishedOf(db, helene))[0]).toMatchObject({ id, reworkId, title: 'Tarifs' });
  await db.updateTable('entries').set({ hidden_at: new Date() }).where('id', '=', id).execute();
  expect(await found(helene, 'quarboline')).toEqual([]);
});
