import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { testDatabase } from '../../../tests/database.ts';
import { inTransaction, PLANNED_ONCE, type Db } from './db.ts';

const { db } = await testDatabase('empty');

/** How the connection plans, asked by a statement of either sort. */
async function plans(one: Db, sort = sql``): Promise<string | undefined> {
  const { rows } = await sql<{
    mode: string;
  }>`${sort} select current_setting('plan_cache_mode') as mode, ${1}::int`.execute(one);
  return rows[0]?.mode;
}

test('a statement that begins so is planned once; those behind it on the same connection are not', async () => {
  await db.connection().execute(async (one) => {
    expect(await plans(one)).toBe('auto');
    expect(await plans(one, PLANNED_ONCE)).toBe('force_generic_plan');
    expect(await plans(one)).toBe('auto');
  });
});

test('a transaction that is taken back takes no plan with it', async () => {
  await db.connection().execute(async (one) => {
    await expect(
      inTransaction(one, async (tx) => {
        expect(await plans(tx, PLANNED_ONCE)).toBe('force_generic_plan');
        await sql`select 1 / ${0}::int`.execute(tx);
      }),
    ).rejects.toThrow('division');
    expect(await plans(one)).toBe('auto');
    expect(await plans(one, PLANNED_ONCE)).toBe('force_generic_plan');
  });
});
