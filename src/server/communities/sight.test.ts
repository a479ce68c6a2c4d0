import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTransaction } from '#server/platform/db.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { foundCommunity } from './found.ts';
import { inviteToCommunity } from './invite.ts';
import { reachable, reachableTo, visibleCommunities, visibleCommunitiesTo } from './sight.ts';

const { db } = await testDatabase();
const claire = await actorOf(db, 'claire.martin');
await inTransaction(db, async (tx) => {
  const { slug } = await foundCommunity(tx, claire, { name: 'À huis clos', access: 'secret' });
  await inviteToCommunity(tx, claire, slug, 'mathieu.kessler');
});
const people = await db
  .selectFrom('people')
  .select(['id', 'handle'])
  .where('status', '=', 'active')
  .execute();

test('many at once reach what each of them reaches', async () => {
  const together = await sql<{
    pair: string;
  }>`select viewer.id || ' ' || e.id as pair from people viewer, entries e
    where viewer.status = 'active' and ${reachableTo('viewer', 'e')}`.execute(db);
  const each = await Promise.all(
    people.map(async ({ id, handle }) => {
      const { rows } = await sql<{ id: string }>`select id from entries e
        where ${reachable(await actorOf(db, handle), 'e')}`.execute(db);
      return rows.map((row) => `${id} ${row.id}`);
    }),
  );
  expect(together.rows.map(({ pair }) => pair).sort()).toEqual(each.flat().sort());
});

test('many at once know of the communities that each of them knows of', async () => {
  const together = await sql<{
    pair: string;
  }>`select viewer.id || ' ' || c.id as pair from people viewer, communities c
    where viewer.status = 'active' and ${visibleCommunitiesTo('viewer', 'c')}`.execute(db);
  const each = await Promise.all(
    people.map(async ({ id, handle }) => {
      const { rows } = await sql<{ id: string }>`select id from communities c
        where ${visibleCommunities(await actorOf(db, handle), 'c')}`.execute(db);
      return rows.map((row) => `${id} ${row.id}`);
    }),
  );
  expect(together.rows.map(({ pair }) => pair).sort()).toEqual(each.flat().sort());
});
