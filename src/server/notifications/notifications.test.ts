import { expect, test } from 'vitest';

import { addComment, deleteComment } from '#server/conversation/comment.ts';
import { inTransaction } from '#server/platform/db.ts';
import { createPost } from '#server/posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { actorOf } from '../../../tests/world.ts';
import { hasNews, listNotifications } from './list.ts';
import { markNotified, markNotifiedOf } from './read.ts';

const { db } = await testDatabase();
const helene = await actorOf(db, 'helene.dargent');
const nadia = await actorOf(db, 'nadia.rahmani');
const thomas = await actorOf(db, 'thomas.gauthier');
const yanis = await actorOf(db, 'yanis.belkacem');
await drawAll(db);

const publish = (body: string, community?: string) =>
  inTransaction(db, (tx) => createPost(tx, helene, { body, status: 'published', community }));
const say = (actor: typeof nadia, entryId: string, body: string, parentId?: string) =>
  inTransaction(db, (tx) => addComment(tx, actor, { entryId, body, parentId }));
const about = async (actor: typeof nadia, entryId: string) =>
  (await listNotifications(db, actor)).items
    .filter((item) => item.url.includes(entryId))
    .map((item) => item.kind);

test('the author, the one answered and those named hear of a comment, each once, for the nearest reason', async () => {
  const { id } = await publish('Qui vient ? @yanis.belkacem');
  const root = await say(nadia, id, 'Moi.');
  await say(thomas, id, 'Et @helene.dargent aussi.', root.id);
  await drawAll(db);
  expect(await about(helene, id)).toEqual(['mention', 'comment']);
  expect(await about(nadia, id)).toEqual(['reply']);
  expect(await about(yanis, id)).toEqual(['mention']);
  expect(await about(thomas, id)).toEqual([]);
});

test('handling everything again tells nobody twice', async () => {
  const { id } = await publish('Encore @nadia.rahmani');
  await drawAll(db);
  await db.deleteFrom('event_cursors').execute();
  await Promise.all([drawAll(db), drawAll(db)]);
  await drawAll(db);
  expect(await about(nadia, id)).toEqual(['mention']);
});

test('what is out of sight is not told, not even as news', async () => {
  const { id } = await publish('Entre nous, @yanis.belkacem et @nadia.rahmani', 'appels-offres');
  await drawAll(db);
  expect(await about(nadia, id)).toEqual(['mention']);
  expect(await about(yanis, id)).toEqual([]);
});

test('a comment taken back is no news any more; reading ends it', async () => {
  await inTransaction(db, (tx) => markNotified(tx, helene));
  expect(await hasNews(db, helene)).toBe(false);
  const { id } = await publish('Bon.');
  const said = await say(nadia, id, 'Hum.');
  await drawAll(db);
  expect(await hasNews(db, helene)).toBe(true);
  await inTransaction(db, (tx) => deleteComment(tx, nadia, said.id));
  expect(await hasNews(db, helene)).toBe(false);
  await say(nadia, id, 'Si.');
  await drawAll(db);
  await inTransaction(db, (tx) => markNotifiedOf(tx, thomas, id));
  expect(await hasNews(db, helene)).toBe(true);
  await inTransaction(db, (tx) => markNotifiedOf(tx, helene, id));
  expect(await hasNews(db, helene)).toBe(false);
});
