import { sql, type RawBuilder } from 'kysely';
import { changeTo, textOf, withChange } from '../pages/document.ts';
import type { Tx } from '../platform/db.ts';

interface Named {
  id: string;
  state: Buffer;
}

/**
 * Puts what people are called now into the documents of the pages in `where`, so that the next change does not bring
 * their names back. What was kept of single letters goes: it would still spell them.
 * @returns the pages that named somebody
 */
export async function renameInPages(
  tx: Tx,
  where: RawBuilder<unknown>,
  renamed: (text: string) => string,
): Promise<string[]> {
  const { rows } = await sql<Named>`select pages.id, pages.state from pages join entries using (id)
    where ${where} order by pages.id for update of pages`.execute(tx);
  const states = rows.flatMap(({ id, state }) => {
    const after = withChange(state, changeTo(state, renamed(textOf(state))));
    return after ? [{ id, state: Buffer.from(after.state) }] : [];
  });
  const ids = states.map(({ id }) => id);
  await sql`update pages set state = renamed.state
    from unnest(${ids}::uuid[], ${states.map(({ state }) => state)}::bytea[]) renamed(id, state)
    where pages.id = renamed.id`.execute(tx);
  await sql`update entries set version = version + 1 where id = any(${ids}::uuid[])`.execute(tx);
  await sql`delete from page_changes where page_id = any(${ids}::uuid[])`.execute(tx);
  await sql`insert into page_changes (page_id, version, change) select pages.id, entries.version, pages.state
    from pages join entries using (id) where pages.id = any(${ids}::uuid[])`.execute(tx);
  return ids;
}
