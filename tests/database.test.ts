import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { actorOf } from './world.ts';
import { inRollback, testDatabase } from './database.ts';

const { db } = await testDatabase();

describe('the small world', () => {
  test('has its people with their roles', async () => {
    expect(await actorOf(db, 'helene.dargent')).toMatchObject({ role: 'owner', name: 'Hélène Dargent' });
    expect(await actorOf(db, 'pierre.alonzo')).toMatchObject({ role: 'guest' });
  });

  test('is left as it was by what runs in a rollback', async () => {
    await inRollback(db, async (tx) => {
      await sql`delete from memberships`.execute(tx);
      expect(await tx.selectFrom('memberships').selectAll().execute()).toEqual([]);
    });
    expect((await db.selectFrom('memberships').selectAll().execute()).length).toBeGreaterThan(10);
  });

  test('a failure inside a rollback is told', async () => {
    await expect(inRollback(db, () => Promise.reject(new Error('told')))).rejects.toThrow('told');
  });
});
