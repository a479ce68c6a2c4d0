/** The database for the command line: the operator's own, or the embedded one. */
import { join } from 'node:path';
import pg from 'pg';
import { env, useDatabase } from '#env';
import { openDatabase, type Db } from '#server/platform/db.ts';
import { migrate } from '#server/platform/migrate.ts';
import { settleMovedEvents } from '#server/platform/moved-events.ts';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';
import type { Stop } from './signals.ts';

export interface ReadyDatabase {
  url: string;
  stop(): Promise<void>;
}

/**
 * Makes the database ready and migrated. With `server`, it takes the data folder for itself, leaves off when that is told
 * to stop, and tells it when its database is gone for good.
 */
export async function readyDatabase(server?: Stop): Promise<ReadyDatabase> {
  const own = env.DATABASE_URL;
  const { signal, because: onLost } = server ?? {};
  const place = { dataDir: env.DATA_DIR, server: server !== undefined, onLost, signal };
  const embedded = own ? null : await startEmbedded(place);
  const url = own ?? embedded!.url;
  const stop = async () => embedded?.stop();
  try {
    await migrate(url, join(import.meta.dirname, '..', 'migrations'), signal);
    await settleMoved(url);
  } catch (error) {
    await stop();
    throw error;
  }
  useDatabase(url);
  return { url, stop };
}

/** The operator may have moved it here, by means of his own. */
async function settleMoved(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    await settleMovedEvents(client);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** Lends a database as it is, for the time of `use`. No server runs on the embedded one meanwhile. */
export async function withBareDatabase<T>(use: (url: string) => Promise<T>): Promise<T> {
  if (env.DATABASE_URL) return use(env.DATABASE_URL);
  const embedded = await startEmbedded({ dataDir: env.DATA_DIR, server: true });
  try {
    return await use(embedded.url);
  } finally {
    await embedded.stop();
  }
}

/** Lends a database for the time of `use`. */
export async function withDatabase<T>(use: (db: Db, url: string) => Promise<T>): Promise<T> {
  const ready = await readyDatabase();
  const { db, close } = openDatabase(ready.url, 4);
  try {
    return await use(db, ready.url);
  } finally {
    await close();
    await ready.stop();
  }
}
