import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { testDatabase } from '../../../tests/database.ts';
import { inTransaction, type Db } from './db.ts';
import { lastStatement } from './transaction.ts';

const { db } = await testDatabase('empty');

const keep = (tx: Db, name: string) =>
  sql`insert into secrets (name, value) values (${name}, pg_current_xact_id()::text)`.execute(tx);
const kept = async () =>
  (
    await sql<{ name: string }>`select name from secrets where name like 'kept %' order by name`.execute(db)
  ).rows.map(({ name }) => name);

test('a change of one statement that runs alone is there; nothing may follow it', async () => {
  const late = inTransaction(
    db,
    async (tx) => {
      lastStatement(tx);
      await keep(tx, 'kept alone');
      await keep(tx, 'kept too late');
    },
    true,
  );
  await expect(late).rejects.toThrow('over');
  expect(await kept()).toEqual(['kept alone']);
});

test('one that fails leaves nothing, and its connection is as good as before', async () => {
  await db.connection().execute(async (one) => {
    const twice = inTransaction(
      one,
      (tx) => {
        lastStatement(tx);
        return sql`insert into secrets (name, value) select 'kept ' || n / 2, '' from generate_series(2, 3) n`.execute(
          tx,
        );
      },
      true,
    );
    await expect(twice).rejects.toThrow('secrets_pkey');
    expect(await kept()).not.toContain('kept 1');
    await inTransaction(one, (tx) => keep(tx, 'kept after'));
  });
  expect(await kept()).toContain('kept after');
});

test('behind another statement, or where more may follow, it is one of a transaction', async () => {
  for (const alone of [true, false]) {
    const taken = inTransaction(
      db,
      async (tx) => {
        if (alone) await keep(tx, `kept first`);
        lastStatement(tx);
        await keep(tx, `kept last ${alone}`);
        throw new Error('taken back');
      },
      alone,
    );
    await expect(taken).rejects.toThrow('taken back');
  }
  expect(await kept()).not.toContain('kept first');
  expect((await kept()).filter((name) => name.startsWith('kept last'))).toEqual([]);
});
