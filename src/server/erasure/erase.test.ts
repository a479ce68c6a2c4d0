import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { readProfile } from '../communities/profile.ts';
import { addComment, deleteComment, editComment } from '../conversation/comment.ts';
import { threadsOf } from '../conversation/thread.ts';
import { actorFromFeedKey, actorFromSession, actorFromToken } from '../people/actor.ts';
import { createPerson } from '../people/create.ts';
import { signIn } from '../people/sign-in.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { editPost } from '../posts/edit.ts';
import { postHistory } from '../posts/history.ts';
import { readPost } from '../posts/read.ts';
import { deletePost } from '../posts/remove.ts';
import { search } from '../search/search.ts';
import { credentialsOf } from '../../../tests/credentials.ts';
import { landBlogs } from '../import/land.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf, worldPassword } from '../../../tests/world.ts';
import { erasePerson } from './erase.ts';

const { db } = await testDatabase();
const [helene, nadia, thomas, claire] = (await Promise.all(
  ['helene.dargent', 'nadia.rahmani', 'thomas.gauthier', 'claire.martin'].map((handle) =>
    actorOf(db, handle),
  ),
)) as [Actor, Actor, Actor, Actor];

const act = <T>(write: (tx: Tx) => Promise<T>) => inTransaction(db, write);
const publish = async (actor: Actor, body: string, more: object = {}) =>
  (await act((tx) => createPost(tx, actor, { title: 'Titre', body, status: 'published', ...more }))).id;
const erase = (actor: Actor, person: Actor, confirm = person.handle) =>
  act((tx) => erasePerson(tx, actor, { personId: person.id, confirm }));

let number = 0;
let leaver: Actor;
beforeEach(async () => {
  const email = `odile.${++number}@exemple.fr`;
  await act((tx) =>
    createPerson(tx, { name: 'Odile Quercy', handle: `odile.q-${number}`, email, password: worldPassword }),
  );
  leaver = await actorOf(db, `odile.q-${number}`);
});

test('what says who he is goes, what he published stays under one pseudonym', async () => {
  const post = await publish(leaver, 'Ma méthode.');
  const place = await publish(claire, 'Et vous ?');
  await act((tx) => addComment(tx, leaver, { entryId: place, body: 'Moi aussi.' }));
  await erase(nadia, leaver);
  const { author } = await readPost(db, claire, post);
  expect(author).toMatchObject({ id: leaver.id, status: 'erased' });
  expect(author.name).toMatch(/^Ancien collègue [0-9A-F]{4,}$/);
  expect(author.handle).toBe(`ancien-${author.name.split(' ').at(-1)?.toLowerCase()}`);
  expect((await threadsOf(db, claire, place)).items[0]?.author).toEqual(author);
  const row = await db.selectFrom('people').selectAll().where('id', '=', leaver.id).executeTakeFirstOrThrow();
  expect(JSON.stringify(row)).not.toMatch(/odile|quercy/i);
  expect(row).toMatchObject({
    email: null,
    auth_user_id: null,
    bio: '',
    headline: '',
    website: null,
    role: 'member',
  });
});

test('his old name leads nowhere: not by search, not by address', async () => {
  await publish(leaver, 'Je signe.');
  const before = await search(db, claire, { q: 'quercy' });
  expect(JSON.stringify(before)).toContain(leaver.handle);
  for (const { id, handle } of await everyQuercy())
    await act((tx) => erasePerson(tx, nadia, { personId: id, confirm: handle }));
  expect(JSON.stringify(await search(db, claire, { q: 'quercy' }))).not.toMatch(/odile|quercy/i);
  await expect(readProfile(db, claire, leaver.handle)).rejects.toMatchObject({ code: 'not_found' });
});

const everyQuercy = () =>
  db.selectFrom('people').select(['id', 'handle']).where('name', 'like', '%Quercy').execute();

test('nobody comes in as him again: sessions, tokens, feed key, password, invitation', async () => {
  const { cookie, authorization, feedKey } = await credentialsOf(db, leaver.handle);
  const token = authorization.replace('Bearer ', '');
  expect(await actorFromToken(db, token)).not.toBeNull();
  const { email } = await db
    .selectFrom('people')
    .select('email')
    .where('id', '=', leaver.id)
    .executeTakeFirstOrThrow();
  const visitor = { origin: 'http://essaim.test', headers: new Headers(), ip: '192.0.2.7' };
  await signIn(db, visitor, { email: email!, password: worldPassword });
  await erase(leaver, leaver);
  expect(await actorFromSession(db, cookie)).toBeNull();
  expect(await actorFromToken(db, token)).toBeNull();
  expect(await actorFromFeedKey(db, feedKey)).toBeNull();
  await expect(signIn(db, visitor, { email: email!, password: worldPassword })).rejects.toMatchObject({
    reason: 'wrong_sign_in',
  });
  // The address is free: he may come back, as somebody new.
  const again = await act((tx) => createPerson(tx, { name: 'Odile Quercy', email, password: worldPassword }));
  expect(again.id).not.toBe(leaver.id);
});

test('mentions of him take the pseudonym, in texts, pages, older versions; other people’s stay', async () => {
  const h = leaver.handle;
  const written = `Merci @${h}, et @${h}. Pas @${h}x ni a@${h} ; @claire.martin non plus. [lui](/people/${h})`;
  const post = await publish(thomas, written);
  const comment = (
    await act((tx) => addComment(tx, thomas, { entryId: post, body: `@${h.toUpperCase()} !` }))
  ).id;
  const old = await publish(thomas, `Vu avec @${h}.`);
  await act((tx) => editPost(tx, thomas, old, { body: 'Vu.' }));
  const edited = (await act((tx) => addComment(tx, thomas, { entryId: post, body: `@${h}` }))).id;
  await act((tx) => editComment(tx, thomas, edited, { body: 'rien' }));
  await erase(nadia, leaver);
  const { name, handle } = await actorOf(db, (await readPseudonym()).handle);
  const after = await readPost(db, claire, post);
  expect(after.body).toBe(
    `Merci ${name}, et ${name}. Pas @${h}x ni a@${h} ; @claire.martin non plus. [lui](/people/${h})`,
  );
  expect(after.html).toContain(`Merci ${name}, et ${name}. Pas`);
  expect(after.html).toContain('<a href="/people/claire.martin">@claire.martin</a>');
  expect(after.html).toContain(`<a href="/people/${handle}">lui</a>`);
  expect(after.excerpt).toContain(`Merci ${name}`);
  const said = (await threadsOf(db, claire, post)).items.find(({ id }) => id === comment);
  expect(said?.html).toBe(`<p>${name}\u202f!</p>`);
  expect((await postHistory(db, claire, old)).items.map(({ body }) => body)).toEqual([
    'Vu.',
    `Vu avec ${name}.`,
  ]);
  const revisions = await db
    .selectFrom('revisions')
    .select('body')
    .where('comment_id', '=', edited)
    .execute();
  expect(revisions).toEqual([{ body: name }]);
  expect(
    await db.selectFrom('mentions').select('person_id').where('person_id', '=', leaver.id).execute(),
  ).toEqual([]);
});

const readPseudonym = () =>
  db.selectFrom('people').select('handle').where('id', '=', leaver.id).executeTakeFirstOrThrow();

test('what nobody read goes too: drafts and what he had deleted', async () => {
  const draft = (await act((tx) => createPost(tx, leaver, { body: 'Brouillon.' }))).id;
  const deleted = await publish(leaver, 'Supprimé.');
  await act((tx) => deletePost(tx, leaver, deleted));
  const place = await publish(claire, 'Et vous ?');
  const said = (await act((tx) => addComment(tx, leaver, { entryId: place, body: 'Avant.' }))).id;
  await act((tx) => editComment(tx, leaver, said, { body: 'Après.' }));
  await act((tx) => deleteComment(tx, leaver, said));
  await erase(nadia, leaver);
  const left = await db.selectFrom('entries').select('id').where('id', 'in', [draft, deleted]).execute();
  expect(left).toEqual([]);
  expect(
    await db.selectFrom('comments').select(['body', 'html']).where('id', '=', said).executeTakeFirst(),
  ).toEqual({
    body: '',
    html: '',
  });
  expect(await db.selectFrom('revisions').select('id').where('comment_id', '=', said).execute()).toEqual([]);
});

test('an admin or oneself, after typing the handle, and nobody else', async () => {
  await expect(erase(thomas, leaver)).rejects.toMatchObject({ code: 'forbidden', reason: 'admins_only' });
  await expect(erase(claire, leaver)).rejects.toMatchObject({ reason: 'admins_only' });
  await expect(erase(nadia, leaver, 'odile')).rejects.toMatchObject({
    fields: { confirm: 'erasure_unconfirmed' },
  });
  await expect(erase(leaver, leaver, '')).rejects.toMatchObject({ reason: 'erasure_unconfirmed' });
  await expect(erase(nadia, helene)).rejects.toMatchObject({ reason: 'role_above_own' });
  for (const personId of ['x', '01900000-0000-7000-8000-000000000000'])
    await expect(act((tx) => erasePerson(tx, nadia, { personId, confirm: 'x' }))).rejects.toMatchObject({
      code: 'not_found',
    });
  expect((await actorOf(db, leaver.handle)).name).toBe('Odile Quercy');
  await erase(leaver, leaver, `@${leaver.handle.toUpperCase()} `);
});

test('the last owner cannot go; of two who go at once, one stays', async () => {
  await expect(erase(helene, helene)).rejects.toMatchObject({ reason: 'last_owner' });
  await db.updateTable('people').set({ role: 'owner' }).where('id', '=', leaver.id).execute();
  const second = (await act((tx) => createPerson(tx, { name: 'Paul', role: 'owner' }))).handle;
  await db.updateTable('people').set({ role: 'admin' }).where('id', '=', helene.id).execute();
  const owners = [leaver, await actorOf(db, second)];
  const gone = await Promise.allSettled(owners.map((owner) => erase(owner, owner)));
  expect(gone.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await db.updateTable('people').set({ role: 'owner' }).where('id', '=', helene.id).execute();
});

test('done twice, even at once, it is done once', async () => {
  await Promise.all([erase(nadia, leaver), erase(nadia, leaver)]);
  await erase(nadia, leaver, 'n’importe quoi');
  const events =
    await sql`select 1 from events where name = 'person.erased' and subject_id = ${leaver.id}`.execute(db);
  expect(events.rows).toHaveLength(1);
});

test('an author of 10,000 posts, named 2,000 times, is erased in seconds', async () => {
  await sql`insert into entries (author_id, everyone, title, body, html, status, published_at)
    select ${leaver.id}, true, 'Note ' || n, 'Un mot.', '<p>Un mot.</p>', 'published', now() from generate_series(1, 10000) n`.execute(
    db,
  );
  await sql`with named as (insert into entries (author_id, everyone, body, html, status, published_at)
      select ${claire.id}, true, ${`Vu @${leaver.handle}`}, '<p></p>', 'published', now() from generate_series(1, 2000) returning id)
    insert into mentions (entry_id, person_id) select id, ${leaver.id} from named`.execute(db);
  const began = performance.now();
  await erase(nadia, leaver);
  expect(performance.now() - began).toBeLessThan(40_000);
  const { handle } = await readPseudonym();
  const left = await sql`select 1 from entries where body like ${`%@${leaver.handle}%`}`.execute(db);
  expect([left.rows.length, handle.startsWith('ancien-')]).toEqual([0, true]);
}, 60_000);

test('an import that knows an erased author again puts his words under his pseudonym', async () => {
  const entry = (key: string) => ({
    ...{ key, line: 1, author: 'a', coAuthors: [], kind: 'post' as const, status: 'published' as const },
    ...{ title: key, body: 'Un mot.', publishedAt: new Date('2019-05-04T10:00:00Z'), tags: [], comments: [] },
    url: `https://oubli.example/${key}`,
  });
  const land = (...keys: string[]) =>
    inTransaction(db, (tx) =>
      landBlogs(tx, nadia, [
        {
          ...{ title: 'Oubli', url: 'https://oubli.example', posts: keys.map(entry), skipped: [] },
          authors: [{ key: 'a', name: 'Ophélie Oubliée', email: 'ophelie@oubli.example' }],
        },
      ]),
    );
  await land('un');
  const before = await actorOf(db, 'ophelie.oubliee');
  await erase(nadia, before);
  await land('un', 'deux');
  const { rows } = await sql<{ author_id: string; source_url: string | null }>`select author_id, source_url
    from entries where origin_key like 'oubli.example%'`.execute(db);
  expect(rows).toEqual([1, 2].map(() => ({ author_id: before.id, source_url: null })));
  const left = await sql`select 1 from people where name like '%Oubli%' union all
    select 1 from outside_marks where mark ~* 'oubli' and person_id = ${before.id}`.execute(db);
  expect(left.rows).toEqual([]);
});
