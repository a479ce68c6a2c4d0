import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { attachBlog } from '../import/blogs.ts';
import { createPerson } from '../people/create.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { readPost } from '../posts/read.ts';
import { keepRework, readRework } from '../posts/rework.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { erasePerson } from './erase.ts';

const { db } = await testDatabase();
const [nadia, thomas, claire] = (await Promise.all(
  ['nadia.rahmani', 'thomas.gauthier', 'claire.martin'].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor, Actor];

const act = <T>(write: (tx: Tx) => Promise<T>) => inTransaction(db, write);
const publish = async (actor: Actor, body: string, more: object = {}) =>
  (await act((tx) => createPost(tx, actor, { title: 'Titre', body, status: 'published', ...more }))).id;
const erase = (actor: Actor, person: Actor) =>
  act((tx) => erasePerson(tx, actor, { personId: person.id, confirm: person.handle }));

let number = 0;
let leaver: Actor;
beforeEach(async () => {
  await act((tx) => createPerson(tx, { name: 'Odile Quercy', handle: `odile.q-${++number}` }));
  leaver = await actorOf(db, `odile.q-${number}`);
});

test('his blog elsewhere is not told of any more: neither beside the posts that came from it, nor in the log', async () => {
  const blog = {
    ...{ title: 'Le carnet d’Odile', url: 'https://odile-quercy.example', origin: 'odile-quercy.example' },
    ...{ authors: [{ key: 'o', name: 'Odile Quercy' }], skipped: [] },
    posts: [
      {
        ...{
          key: 'un',
          line: 1,
          author: 'o',
          coAuthors: [],
          kind: 'post' as const,
          status: 'published' as const,
        },
        ...{ title: 'Venu d’ailleurs', body: 'Un mot.', publishedAt: new Date('2019-05-04T10:00:00Z') },
        ...{ url: 'https://odile-quercy.example/un', tags: [], comments: [] },
      },
    ],
  };
  const url = 'https://odile-quercy.example/feed';
  const fetched = { status: 200, url, headers: {}, body: null, etag: null, lastModified: null };
  await act((tx) => attachBlog(tx, leaver, { url, blog, fetched }));
  const elsewhere = await publish(leaver, 'Lu ailleurs.', { sourceUrl: 'https://presse.example/article' });
  const { id } = await db
    .selectFrom('entries')
    .select('id')
    .where('title', '=', 'Venu d’ailleurs')
    .executeTakeFirstOrThrow();
  expect((await readPost(db, claire, id)).source).toMatchObject({ title: 'Le carnet d’Odile' });
  await erase(leaver, leaver);
  const { source, body } = await readPost(db, claire, id);
  expect([source, body]).toEqual([null, 'Un mot.']);
  expect((await readPost(db, claire, elsewhere)).source).toMatchObject({
    url: 'https://presse.example/article',
  });
  const told =
    await sql`select data from events where actor_id = ${leaver.id} and data::text ~* 'odile'`.execute(db);
  expect(told.rows).toEqual([]);
});

test('what a colleague is changing, and has not published, takes the pseudonym too', async () => {
  const post = await publish(thomas, 'Avant.');
  const id = randomUUID();
  const fields = { title: 'Titre', body: `Vu avec @${leaver.handle}, "hier".` };
  await act((tx) => keepRework(tx, thomas, post, id, { fields, of: 1 }));
  await erase(nadia, leaver);
  const { name } = await db
    .selectFrom('people')
    .select('name')
    .where('id', '=', leaver.id)
    .executeTakeFirstOrThrow();
  expect((await readRework(db, thomas, post, id)).fields).toEqual({
    title: 'Titre',
    body: `Vu avec ${name}, "hier".`,
  });
});
