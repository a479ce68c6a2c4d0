import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { keepsOrder, visibleComments, visibleEntries } from './sight.ts';
import { keepsOrderTo, visibleCommentsTo, visibleEntriesTo } from './sight-many.ts';

const { db } = await testDatabase();
const people = await db
  .selectFrom('people')
  .select(['id', 'handle'])
  .where('status', '=', 'active')
  .execute();

// Every sixth thing is hidden, every seventh deleted, some both.
await inTransaction(db, async (tx) => {
  for (const table of ['entries', 'comments']) {
    const nth = sql`(select id, row_number() over (order by id) as n from ${sql.table(table)}) nth`;
    await sql`update ${sql.table(table)} t set hidden_at = case when n % 6 = 0 then now() end,
      deleted_at = case when n % 7 = 0 then now() end from ${nth} where nth.id = t.id`.execute(tx);
  }
  await sql`update entries set status = 'draft' where id in (select id from entries order by id limit 5)`.execute(
    tx,
  );
});

const comments = sql`comments c join entries e on e.id = c.entry_id`;

test.each([
  ['entries', sql`entries e`, 'e.id', visibleEntriesTo('viewer', 'e'), visibleEntries],
  ['order', sql`entries e`, 'e.id', keepsOrderTo('viewer', 'e'), keepsOrder],
  [
    'comments',
    comments,
    'c.id',
    visibleCommentsTo('viewer', 'c', 'e'),
    (actor: Parameters<typeof keepsOrder>[0]) => visibleComments(actor, 'c', 'e'),
  ],
] as const)('many at once see what each of them sees: %s', async (_, from, id, together, rule) => {
  const { rows } = await sql<{ pair: string }>`select viewer.id || ' ' || ${sql.ref(id)} as pair
    from ${from} cross join people viewer
    where viewer.status = 'active' and ${together}`.execute(db);
  const each = await Promise.all(
    people.map(async (person) => {
      const found = await sql<{ id: string }>`select ${sql.ref(id)} as id from ${from}
        where ${rule(await actorOf(db, person.handle), 'e')}`.execute(db);
      return found.rows.map((row) => `${person.id} ${row.id}`);
    }),
  );
  expect(rows.length).toBeGreaterThan(people.length);
  expect(rows.map(({ pair }) => pair).sort()).toEqual(each.flat().sort());
});
