import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';

/** Makes the people named in an entry or a comment exactly `people`; does nothing where that was not written. */
export async function setMentions(
  tx: Tx,
  where: { entryId: string } | { commentId: string },
  people: string[],
  fresh: boolean,
): Promise<void> {
  if (fresh && people.length === 0) return;
  const [table, column, id] =
    'entryId' in where ? ['entries', 'entry_id', where.entryId] : ['comments', 'comment_id', where.commentId];
  const key = sql.ref(column);
  if (!fresh) {
    await sql`delete from mentions where ${key} = ${id} and person_id <> all(${people}::uuid[])`.execute(tx);
  }
  await sql`insert into mentions (${key}, person_id) select written.id, named.id
    from ${sql.table(table)} written, unnest(${people}::uuid[]) named(id) where written.id = ${id}
    on conflict do nothing`.execute(tx);
}
