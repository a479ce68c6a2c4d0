import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';

/** Makes the people named in an entry or a comment exactly `people`. */
export async function setMentions(
  tx: Tx,
  where: { entryId: string } | { commentId: string },
  people: string[],
  fresh: boolean,
): Promise<void> {
  if (fresh && people.length === 0) return;
  const [column, id] = 'entryId' in where ? ['entry_id', where.entryId] : ['comment_id', where.commentId];
  const key = sql.ref(column);
  if (!fresh) {
    await sql`delete from mentions where ${key} = ${id} and person_id <> all(${people}::uuid[])`.execute(tx);
  }
  await sql`insert into mentions (${key}, person_id) select ${id}, * from unnest(${people}::uuid[])
    on conflict do nothing`.execute(tx);
}
