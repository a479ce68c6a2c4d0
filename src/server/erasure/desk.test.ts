import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '../actor.ts';
import { joinCommunity } from '../communities/join.ts';
import { writeNote } from '../desk/note.ts';
import { readItem } from '../desk/read.ts';
import { createWatch } from '../desk/watch.ts';
import { deleteDossier, foundDossier } from '../dossiers/found.ts';
import { readDossier } from '../dossiers/read.ts';
import { contributorsOf } from '../pages/contributors.ts';
import { createPage } from '../pages/create.ts';
import { textOf } from '../pages/document.ts';
import { readPage } from '../pages/read.ts';
import { deletePage, restorePage } from '../pages/remove.ts';
import { savePage } from '../pages/save.ts';
import { createPerson } from '../people/create.ts';
import { inTransaction, type Tx } from '../platform/db.ts';
import { shareWatch } from '../sharing/watch.ts';
import { testDatabase } from '../../../tests/database.ts';
import { sampleWatch } from '../../../tests/watches.ts';
import { actorOf } from '../../../tests/world.ts';
import { erasePerson } from './erase.ts';

const { db } = await testDatabase();
const [nadia, claire] = await Promise.all([actorOf(db, 'nadia.rahmani'), actorOf(db, 'claire.martin')]);
const act = <T>(write: (tx: Tx) => Promise<T>) => inTransaction(db, write);
const erase = (person: Actor) =>
  act((tx) => erasePerson(tx, nadia, { personId: person.id, confirm: person.handle }));

let leaver: Actor;
beforeEach(async () => {
  const { handle } = await act((tx) => createPerson(tx, { name: 'Odile Quercy' }));
  leaver = await actorOf(db, handle);
});

test('a desk goes with its owner, but for what he shared; a colleague’s note that names him keeps the pseudonym', async () => {
  const { id: watch } = await act((tx) => createWatch(tx, leaver, { name: 'Norvalt' }));
  const told = (await act((tx) => writeNote(tx, leaver, { body: 'Pour tous', watch, readLater: true }))).id;
  const kept = (await act((tx) => writeNote(tx, leaver, { body: 'Pour moi', watch }))).id;
  const mine = (await act((tx) => writeNote(tx, claire, { body: `Demander à @${leaver.handle}` }))).id;
  await act((tx) => shareWatch(tx, leaver, watch, { community: 'le-comptoir', items: [told] }));
  const { name } = await erase(leaver);
  const { rows } = await sql<{
    id: string;
  }>`select id from desk_items where id = any(${[told, kept]}::uuid[])`.execute(db);
  expect(rows.map(({ id }) => id)).toEqual([told]);
  expect(await readItem(db, claire, told)).toMatchObject({
    owner: { name, status: 'erased' },
    body: 'Pour tous',
  });
  expect(await readItem(db, claire, mine)).toMatchObject({ body: `Demander à ${name}` });
});

test('his watch stays in the dossier it was put into, under the pseudonym; a dossier he had undone goes', async () => {
  const url = 'https://norvalt.example/tarifs';
  const community = 'le-comptoir';
  const watches = [
    await sampleWatch(db, {
      owner: leaver.handle,
      name: 'Norvalt',
      community,
      things: [{ title: 'Tarifs', url }],
    }),
    await sampleWatch(db, { owner: 'claire.martin', name: 'Norvalt, nous', community }),
  ];
  const { id } = await act((tx) => foundDossier(tx, leaver, { name: 'Norvalt', community, watches }));
  const undone = await act((tx) => foundDossier(tx, leaver, { name: 'Autre', community, watches }));
  await act((tx) => deleteDossier(tx, leaver, undone.id));
  const before = await readDossier(db, claire, id);
  const { name, handle } = await erase(leaver);
  const after = await readDossier(db, claire, id);
  expect(after.founder).toMatchObject({ name, handle, status: 'erased' });
  expect(after.gain).toEqual(before.gain);
  expect(after.watches.find((watch) => watch.id === watches[0])).toMatchObject({
    owner: { name },
    by: { name },
  });
  const left = await sql`select 1 from dossiers where id = ${undone.id}`.execute(db);
  expect(left.rows).toEqual([]);
});

test('pages that he wrote and that name him keep the pseudonym, in what merges as in what was', async () => {
  const { handle } = leaver;
  const community = 'le-comptoir';
  await act((tx) => joinCommunity(tx, leaver, community));
  const { id } = await act((tx) =>
    createPage(tx, claire, { community, title: 'Acme', body: `Vu avec @${handle}, merci.` }),
  );
  await act((tx) =>
    savePage(tx, leaver, id, { body: `Vu avec @${handle}, merci. Rien de neuf.`, version: 1 }),
  );
  const pseudonym = await erase(leaver);
  const page = await readPage(db, claire, id);
  expect(page.body).toBe(`Vu avec ${pseudonym.name}, merci. Rien de neuf.`);
  const { state } = await db
    .selectFrom('pages')
    .select('state')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(textOf(state)).toBe(page.body);
  expect(Buffer.from(state).toString('latin1')).not.toContain(handle);
  const changes = await db
    .selectFrom('page_changes')
    .select(['version', 'change'])
    .where('page_id', '=', id)
    .execute();
  expect(changes.map(({ change }) => change.toString('latin1').includes(handle))).toEqual([false]);
  const versions = await db.selectFrom('page_versions').select('body').where('page_id', '=', id).execute();
  expect(versions.filter(({ body }) => body.includes(handle))).toEqual([]);
  expect((await contributorsOf(db, claire, id)).map(({ person }) => person.name)).toEqual([
    claire.name,
    pseudonym.name,
  ]);
  const saved = await act((tx) =>
    savePage(tx, claire, id, { body: `${page.body} Encore.`, version: page.version }),
  );
  expect(saved.body).toBe(`${page.body} Encore.`);
});

test('a deleted page that he began is its community’s: its members still bring it back, with what they wrote', async () => {
  const community = 'le-comptoir';
  await act((tx) => joinCommunity(tx, leaver, community));
  const { id } = await act((tx) => createPage(tx, leaver, { community, title: 'Acme', body: 'Un prix.' }));
  await act((tx) => savePage(tx, claire, id, { body: 'Un prix, un délai.', version: 1 }));
  await act((tx) => deletePage(tx, leaver, id));
  const { name } = await erase(leaver);
  await act((tx) => restorePage(tx, claire, id));
  expect(await readPage(db, claire, id)).toMatchObject({ body: 'Un prix, un délai.', author: { name } });
});
