import { sql } from 'kysely';
import { inTransaction, type Db } from '../platform/db.ts';
import { clearIncoming } from '../platform/files/incoming.ts';
import { fileStorage } from '../platform/files/storage.ts';
import { keysOf } from './keys.ts';
import { dropOldUploads } from './resume.ts';

const AT_ONCE = 200;

/**
 * Sweeps what nobody uses: files that have stood in no text for a day, not even in one that is being written, bytes that have been nobody's for a day, uploads
 * that were never ended.
 */
export async function sweepFiles(db: Db): Promise<void> {
  await dropOldUploads(db);
  await clearIncoming();
  while ((await sweepUnused(db)) === AT_ONCE);
  while ((await sweepBytes(db)) === AT_ONCE);
}

async function sweepUnused(db: Db): Promise<number> {
  const { rows } = await sql`delete from files where id in (
      select id from files where released_at < now() - interval '1 day'
        and not exists (select 1 from file_uses where file_id = files.id)
        and not exists (select 1 from reworks where file_ids @> array[files.id]) limit ${AT_ONCE} for update skip locked)
    returning id`.execute(db);
  return rows.length;
}

/**
 * The rows stay locked until the bytes are gone: somebody who brings the same bytes meanwhile waits for that, and puts
 * them there anew.
 */
async function sweepBytes(db: Db): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ sha256: string }>`delete from blobs where sha256 in (
        select sha256 from blobs where brought_at < now() - interval '1 day'
          and not exists (select 1 from files where files.sha256 = blobs.sha256) limit ${AT_ONCE} for update skip locked)
      returning sha256`.execute(tx);
    const storage = fileStorage();
    for (const key of rows.flatMap(({ sha256 }) => keysOf(sha256))) await storage.remove(key);
    return rows.length;
  });
}
