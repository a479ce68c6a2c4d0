/** Whoever takes another handle is named by it in all that was written: in short steps, whatever is killed. */
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { createPerson } from '../people/create.ts';
import { editProfile } from '../people/profile.ts';
import { inTransaction, openDatabase, type Tx } from '../platform/db.ts';
import { createPost } from '../posts/create.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { erasePerson } from './erase.ts';
import { renameMentions } from './former-handle.ts';

const { db, pool, url } = await testDatabase();
const thomas = await actorOf(db, 'thomas.gauthier');
const nadia = await actorOf(db, 'nadia.rahmani');
const act = <T>(write: (tx: Tx) => Promise<T>) => inTransaction(db, write);

async function person(handle: string) {
  await act((tx) => createPerson(tx, { name: `Personne ${handle}`, handle }));
  return actorOf(db, handle);
}

const call = async (from: string, to: string) => {
  const actor = await actorOf(db, from);
  await act((tx) => editProfile(tx, actor, { handle: to }));
};

/** So many former versions of one post that name these people. */
async function versions(count: number, text: string): Promise<string> {
  const { id } = await act((tx) => createPost(tx, thomas, { body: 'Un texte.', status: 'published' }));
  await sql`insert into revisions (entry_id, editor_id, body)
    select ${id}, ${thomas.id}, n || ' ' || ${text} from generate_series(1, ${count}::int) n`.execute(db);
  return id;
}

async function bodies(entryId: string): Promise<string[]> {
  const { rows } = await sql<{ body: string }>`select body from revisions
    where entry_id = ${entryId} order by id`.execute(db);
  return rows.map(({ body }) => body);
}

const numbered = (count: number, text: string) =>
  Array.from({ length: count }, (_, at) => `${at + 1} ${text}`);
const waiting = async () => (await sql`select from former_handles`.execute(db)).rows.length;
const taken = { reason: 'handle_taken' };

test('a run that is killed is finished by the next; nobody takes the handle in between', async () => {
  await person('ines.avril');
  const other = await person('autre.ines');
  const entry = await versions(700, 'vu par @ines.avril et @ines.avril2');
  await call('ines.avril', 'ines.mai');

  // Somebody holds the last one, so that the run stands in its midst when its connection is cut.
  const holder = await pool.connect();
  await holder.query('begin');
  await holder.query('select from revisions where entry_id = $1 order by id desc limit 1 for update', [
    entry,
  ]);
  const run = openDatabase(url, 1);
  const killed = renameMentions(run.db).catch((error: unknown) => error);
  await vi.waitFor(
    async () => {
      const { rows } = await sql<{
        cut: boolean;
      }>`select pg_terminate_backend(pid) as cut from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query like '%revisions%'`.execute(
        db,
      );
      expect(rows).toEqual([{ cut: true }]);
    },
    { timeout: 20_000 },
  );
  expect(await killed).toBeInstanceOf(Error);
  await run.close();
  const half = await bodies(entry);
  const done = half.filter((body) => body.includes('@ines.mai')).length;
  expect(done).toBeGreaterThan(0);
  expect(done).toBeLessThan(700);
  for (const take of [
    () => call('autre.ines', 'ines.avril'),
    () => act((tx) => createPerson(tx, { name: 'Troisième', handle: 'ines.avril' })),
  ])
    await expect(take()).rejects.toMatchObject(taken);
  expect((await act((tx) => createPerson(tx, { name: 'Ines Avril' }))).handle).toBe('ines.avril-2');
  await holder.query('rollback');
  holder.release();

  await renameMentions(db);
  expect(await bodies(entry)).toEqual(numbered(700, 'vu par @ines.mai et @ines.avril2'));
  expect(await waiting()).toBe(0);
  await act((tx) => editProfile(tx, other, { handle: 'ines.avril' }));
  expect(await renameMentions(db)).toBeGreaterThan(0);
  expect(await bodies(entry)).toEqual(numbered(700, 'vu par @ines.mai et @ines.avril2'));
});

test('many who change at once are looked for at once, each found by his own name', async () => {
  const people = Array.from({ length: 40 }, (_, at) => `paire.${at}`);
  for (const handle of people) await person(handle);
  const text = (of: (at: number) => string) => people.map((_, at) => `@${of(at)}`).join(' ');
  const entry = await versions(
    250,
    text((at) => `paire.${at}`),
  );
  await call('paire.0', 'unique.0');
  const alone = await renameMentions(db);
  for (let at = 1; at < people.length; at++) await call(`paire.${at}`, `unique.${at}`);
  expect(await renameMentions(db)).toBe(alone);
  expect(await bodies(entry)).toEqual(
    numbered(
      250,
      text((at) => `unique.${at}`),
    ),
  );
});

test('whoever changes twice, or goes back, is named by what he is called in the end', async () => {
  await person('rose.un');
  const entry = await versions(3, '@rose.un');
  const { id } = await act((tx) => createPost(tx, thomas, { body: 'Avec @rose.un', status: 'published' }));
  await call('rose.un', 'rose.deux');
  await call('rose.deux', 'rose.trois');
  await renameMentions(db);
  expect(await bodies(entry)).toEqual(numbered(3, '@rose.trois'));
  await call('rose.trois', 'rose.quatre');
  await call('rose.quatre', 'rose.trois');
  await renameMentions(db);
  expect(await bodies(entry)).toEqual(numbered(3, '@rose.trois'));
  const { rows } = await sql<{ body: string; html: string }>`select body, html from entries
    where id = ${id}`.execute(db);
  expect(rows[0]).toEqual({
    body: 'Avec @rose.trois',
    html: '<p>Avec <a href="/people/rose.trois">@rose.trois</a></p>',
  });
  expect(await waiting()).toBe(0);
});

test('whoever is erased before it is done is named by none of his handles', async () => {
  const { id } = await person('lise.avant');
  const entry = await versions(3, '@lise.avant, @lise.apres');
  await call('lise.avant', 'lise.apres');
  const { name } = await act((tx) => erasePerson(tx, nadia, { personId: id, confirm: 'lise.apres' }));
  expect(await bodies(entry)).toEqual(numbered(3, `${name}, ${name}`));
  expect(await waiting()).toBe(0);
  await renameMentions(db);
  expect(await bodies(entry)).toEqual(numbered(3, `${name}, ${name}`));
});

test('two who would change with each other: the handle of each is still his', async () => {
  await person('jean.pair');
  await person('jean.impair');
  const tries = await Promise.allSettled([
    call('jean.pair', 'jean.impair'),
    call('jean.impair', 'jean.pair'),
  ]);
  for (const one of tries) expect(one).toMatchObject({ status: 'rejected', reason: taken });
  await call('jean.pair', 'jean.libre');
  await expect(call('jean.impair', 'jean.pair')).rejects.toMatchObject(taken);
  await renameMentions(db);
  await call('jean.impair', 'jean.pair');
  await renameMentions(db);
  expect((await actorOf(db, 'jean.pair')).name).toBe('Personne jean.impair');
});
