import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { addComment } from '../conversation/comment.ts';
import { follow } from '../conversation/follow.ts';
import { react } from '../conversation/react.ts';
import { listFeed } from '../feed/list.ts';
import { createPerson } from '../people/create.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { readPost } from '../posts/read.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { listOutsideAuthors, readOutsideAuthor } from './authors.ts';
import { claimAuthor, declineClaim, listClaims } from './claim.ts';
import { confirmClaim, linkAuthor } from './link.ts';

const { db } = await testDatabase();
const [nadia, thomas, claire, mathieu, pierre] = (await Promise.all(
  ['nadia.rahmani', 'thomas.gauthier', 'claire.martin', 'mathieu.kessler', 'pierre.alonzo'].map((handle) =>
    actorOf(db, handle),
  ),
)) as [Actor, Actor, Actor, Actor, Actor];

const act = <T>(write: (tx: Tx) => Promise<T>) => inTransaction(db, write);
const missing = { code: 'not_found', reason: 'not_found' };
const outsider = async (name: string) => {
  const made = await act((tx) => createPerson(tx, { name, status: 'outside' }));
  await db.insertInto('outside_places').values({ person_id: made.id, everyone: true }).execute();
  return actorOf(db, made.handle);
};
const publish = async (actor: Actor, more: object = {}) =>
  (
    await act((tx) =>
      createPost(tx, actor, { title: 'Vu ailleurs', body: 'Un mot.', status: 'published', ...more }),
    )
  ).id;
const claim = async (actor: Actor, author: Actor, words = 'Mon vieux blog.') =>
  (await act((tx) => claimAuthor(tx, actor, { author: author.handle, words }))).id;
const waiting = async () => (await listClaims(db, nadia, { limit: 100 })).items.map(({ id }) => id);

let outside: Actor;
beforeEach(async () => {
  outside = await outsider('Jeanne Dehors');
});

test('what he wrote elsewhere becomes a member’s, once an admin agrees', async () => {
  const post = await publish(outside);
  const place = await publish(thomas);
  await act((tx) => addComment(tx, outside, { entryId: place, body: 'Bien vu.' }));
  await act((tx) => follow(tx, mathieu, { kind: 'person', id: outside.id }));
  const known = (await listOutsideAuthors(db, nadia)).items.find((author) => author.id === outside.id);
  expect(known).toMatchObject({ posts: [{ id: post }], commented: [{ id: place }] });
  const id = await claim(claire, outside);
  expect((await listClaims(db, nadia)).items[0]).toMatchObject({
    id,
    author: { handle: outside.handle, posts: [{ id: post, title: 'Vu ailleurs' }] },
    claimant: { handle: 'claire.martin' },
    words: 'Mon vieux blog.',
    state: 'waiting',
  });
  await act((tx) => confirmClaim(tx, nadia, id));
  expect((await readPost(db, mathieu, post)).author.handle).toBe('claire.martin');
  expect((await readPost(db, claire, post)).may.edit).toBe(true);
  const feed = await listFeed(db, mathieu, { scope: 'following' });
  expect(feed.items.map((entry) => entry.id)).toContain(post);
  expect(await waiting()).not.toContain(id);
  await expect(readOutsideAuthor(db, nadia, outside.handle)).rejects.toMatchObject(missing);
  const events =
    await sql`select data from events where name = 'author.linked' and subject_id = ${claire.id}`.execute(db);
  expect(events.rows).toHaveLength(1);
  // His handle is free again.
  expect((await outsider('Jeanne Dehors')).handle).toBe(outside.handle);
});

test('reactions given twice count once', async () => {
  const post = await publish(thomas);
  for (const actor of [outside, claire, mathieu])
    await act((tx) => react(tx, actor, { on: 'entry', id: post, kind: 'thanks' }));
  await act((tx) => react(tx, outside, { on: 'entry', id: post, kind: 'useful' }));
  await act((tx) => linkAuthor(tx, nadia, { author: outside.handle, person: '@Claire.Martin ' }));
  const after = await readPost(db, claire, post);
  expect(after.reactions).toMatchObject({ thanks: 2, useful: 1 });
  expect(after.mine.toSorted()).toEqual(['thanks', 'useful']);
});

test('what he once gave to words that turn out to be his is taken back', async () => {
  const post = await publish(outside);
  for (const actor of [claire, mathieu])
    await act((tx) => react(tx, actor, { on: 'entry', id: post, kind: 'thanks' }));
  await act((tx) => linkAuthor(tx, nadia, { author: outside.handle, person: claire.handle }));
  expect(await readPost(db, claire, post)).toMatchObject({ reactions: { thanks: 1 }, mine: [] });
});

test('two outside authors turn out to be one', async () => {
  const twin = await outsider('J. Dehors');
  const posts = [await publish(outside), await publish(twin)];
  await act((tx) => linkAuthor(tx, nadia, { author: twin.handle, person: outside.handle }));
  const authors = await Promise.all(posts.map((id) => readPost(db, claire, id)));
  expect(authors.map(({ author }) => author.handle)).toEqual([outside.handle, outside.handle]);
});

test('only an admin decides', async () => {
  const id = await claim(claire, outside);
  const decide = [
    (tx: Tx, actor: Actor) => confirmClaim(tx, actor, id),
    (tx: Tx, actor: Actor) => declineClaim(tx, actor, id),
    (tx: Tx, actor: Actor) => linkAuthor(tx, actor, { author: outside.handle, person: actor.handle }),
  ];
  for (const actor of [claire, thomas, pierre])
    for (const one of decide)
      await expect(act((tx) => one(tx, actor))).rejects.toMatchObject({ reason: 'admins_only' });
  await expect(listClaims(db, thomas)).rejects.toMatchObject({ reason: 'admins_only' });
  expect(await waiting()).toContain(id);
});

test('declined, the claimant reads it and may ask again', async () => {
  const id = await claim(claire, outside);
  await act((tx) => declineClaim(tx, nadia, id));
  await expect(act((tx) => declineClaim(tx, nadia, id))).rejects.toMatchObject(missing);
  await expect(act((tx) => confirmClaim(tx, nadia, id))).rejects.toMatchObject(missing);
  const mine = async () =>
    (await listClaims(db, claire, { mine: true })).items.find((one) => one.id === id)?.state;
  expect(await mine()).toBe('declined');
  expect((await listClaims(db, mathieu, { mine: true })).items).toEqual([]);
  expect(await claim(claire, outside, 'Voyez la signature.')).toBe(id);
  expect(await mine()).toBe('waiting');
});

test('two admins at once, or two claimants: he becomes one person', async () => {
  const post = await publish(outside);
  const [first, second] = [await claim(claire, outside), await claim(mathieu, outside)];
  const decided = await Promise.allSettled([
    act((tx) => confirmClaim(tx, nadia, first)),
    act((tx) => confirmClaim(tx, nadia, second)),
    act((tx) => confirmClaim(tx, nadia, first)),
  ]);
  expect(decided.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(['claire.martin', 'mathieu.kessler']).toContain((await readPost(db, thomas, post)).author.handle);
  expect(await waiting()).not.toContain(second);
});

test('a colleague is not claimed, nor made somebody else, and a guest claims nobody', async () => {
  await expect(claim(claire, thomas)).rejects.toMatchObject(missing);
  await expect(claim(pierre, outside)).rejects.toMatchObject(missing);
  const link = (author: string, person: string) => act((tx) => linkAuthor(tx, nadia, { author, person }));
  await expect(link('thomas.gauthier', 'claire.martin')).rejects.toMatchObject(missing);
  await expect(link(outside.handle, 'personne.du-tout')).rejects.toMatchObject({
    fields: { person: 'person_unknown' },
  });
  await expect(link(outside.handle, outside.handle)).rejects.toMatchObject({
    fields: { person: 'author_same' },
  });
});

test('whom an admin does not see he makes nobody, until a claim tells of him', async () => {
  await sql`update outside_places set everyone = false, community_id = communities.id from communities
    where slug = 'face-a-norvalt' and person_id = ${outside.id}`.execute(db);
  const blind = act((tx) => linkAuthor(tx, nadia, { author: outside.handle, person: claire.handle }));
  await expect(blind).rejects.toMatchObject(missing);
  const id = await claim(claire, outside);
  await act((tx) => confirmClaim(tx, nadia, id));
  await expect(readOutsideAuthor(db, claire, outside.handle)).rejects.toMatchObject(missing);
});

test('the list shows what its reader may read, and not that there is more', async () => {
  await publish(outside, {});
  const visible = await listOutsideAuthors(db, thomas, { query: 'dehors' });
  await sql`insert into memberships (community_id, person_id)
    select id, ${outside.id} from communities where slug = 'face-a-norvalt'`.execute(db);
  await publish(outside, { community: 'face-a-norvalt' });
  expect(await listOutsideAuthors(db, thomas, { query: 'dehors' })).toEqual(visible);
  expect((await readOutsideAuthor(db, claire, outside.handle)).posts).toHaveLength(2);
});
