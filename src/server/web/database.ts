import { env } from '#env';
import { openDatabase, type Db, type OpenDatabase } from '../platform/db.ts';

let opened: OpenDatabase | undefined;

/** The one pool of this process, opened when first asked for. */
export function database(): Db {
  if (!opened) {
    const url = env.DATABASE_URL;
    if (!url) throw new Error('DATABASE_URL is not set');
    opened = openDatabase(url);
  }
  return opened.db;
}

/** The server's goodbye: every answer is out, so nobody needs the pool any more. */
export async function closeDatabase(): Promise<void> {
  await opened?.close();
}

/** How the connections of this process are used. */
export function poolCounts(): OpenDatabase['pool'] | undefined {
  return opened?.pool;
}
