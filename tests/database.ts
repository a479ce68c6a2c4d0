/** A database of its own for each test file, cloned from a template in some tens of milliseconds. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, inject } from 'vitest';
import { openDatabase, type Db, type Tx } from '#server/platform/db.ts';
import { createDatabase, dropDatabase, urlOf } from './postgres.ts';

export interface TestDatabase {
  db: Db;
  pool: pg.Pool;
  /** Its address, for a second process or a second pool. */
  url: string;
}

/**
 * Clones a template: `world` is the small world (people of `world.ts`), `empty` has tables only. Closed and dropped
 * by itself after the file's last test.
 */
export async function testDatabase(template: 'world' | 'empty' = 'world'): Promise<TestDatabase> {
  const server = inject('postgres');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await createDatabase(server, name, template);
  const url = urlOf(server, name);
  const { db, pool, close } = openDatabase(url, 8);
  afterAll(async () => {
    await close();
    await dropDatabase(server, name);
  });
  return { db, pool, url };
}

class RolledBack extends Error {}

/** Runs `test` in a transaction that leaves no trace, whatever happens in it. */
export async function inRollback(db: Db, test: (tx: Tx) => Promise<void>): Promise<void> {
  const run = db.transaction().execute(async (tx) => {
    await test(tx);
    throw new RolledBack();
  });
  await run.catch((error: unknown) => {
    if (!(error instanceof RolledBack)) throw error;
  });
}
