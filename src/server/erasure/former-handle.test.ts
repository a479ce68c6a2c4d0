import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { addComment, editComment } from '../conversation/comment.ts';
import { threadsOf } from '../conversation/thread.ts';
import { createPage } from '../pages/create.ts';
import { readPage } from '../pages/read.ts';
import { createPerson } from '../people/create.ts';
import { editProfile } from '../people/profile.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { readPost } from '../posts/read.ts';
import { testDatabase } from '../../../tests/database.ts';
import { drawAll } from '../../../tests/drawn.ts';
import { actorOf } from '../../../tests/world.ts';
import { erasePerson } from './erase.ts';
import { renameMentions } from './former-handle.ts';

const { db } = await testDatabase();
const [nadia, thomas] = (await Promise.all(
  ['nadia.rahmani', 'thomas.gauthier'].map((handle) => actorOf(db, handle)),
)) as [Actor, Actor];
const act = <T>(write: (tx: Tx) => Promise<T>) => inTransaction(db, write);

test('whoever is called anew is named so where people named him; erased then, by neither handle', async () => {
  await act((tx) => createPerson(tx, { name: 'Odile Quercy', handle: 'odile.quercy' }));
  const odile = await actorOf(db, 'odile.quercy');
  const body = 'Merci @odile.quercy, pas @odile.quercy2 : [elle](/people/odile.quercy).';
  const { id } = await act((tx) => createPost(tx, thomas, { body, status: 'published' }));
  const said = await act((tx) => addComment(tx, thomas, { entryId: id, body: '@Odile.Quercy !' }));
  const edited = await act((tx) => addComment(tx, thomas, { entryId: id, body: 'Vu @odile.quercy' }));
  await act((tx) => editComment(tx, thomas, edited.id, { body: 'Vu' }));
  const page = await act((tx) =>
    createPage(tx, thomas, { community: 'le-comptoir', title: 'Qui fait quoi', body: 'Voir @odile.quercy.' }),
  );

  await act((tx) => editProfile(tx, odile, { handle: 'o.quercy' }));
  await drawAll(db);
  await renameMentions(db);
  // Somebody else is called so now, and is named by nobody.
  await act((tx) => createPerson(tx, { name: 'Autre Odile', handle: 'odile.quercy' }));
  const after = await readPost(db, nadia, id);
  expect(after.body).toBe('Merci @o.quercy, pas @odile.quercy2 : [elle](/people/odile.quercy).');
  expect(after.html).toContain('Merci <a href="/people/o.quercy">@o.quercy</a>, pas @odile.quercy2');
  expect(after.html).toContain('<a href="/people/o.quercy">elle</a>');
  const comments = (await threadsOf(db, nadia, id)).items;
  expect(comments.find((one) => one.id === said.id)?.html).toContain(
    '<a href="/people/o.quercy">@o.quercy</a>',
  );
  expect((await readPage(db, nadia, page.id)).body).toBe('Voir @o.quercy.');

  await act((tx) => erasePerson(tx, nadia, { personId: odile.id, confirm: 'o.quercy' }));
  const left = await sql`select body from entries where body ~ '@(odile|o).quercy\\M'
    union all select body from comments where body ~* '@(odile|o).quercy\\M'
    union all select body from revisions where body ~* '@(odile|o).quercy\\M'
    union all select body from page_versions where body ~* '@(odile|o).quercy\\M'
    union all select data::text from events where subject_id = ${odile.id} and data::text ~* 'quercy'`.execute(
    db,
  );
  expect(left.rows).toEqual([]);
});
