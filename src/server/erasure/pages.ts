import { sql } from 'kysely';
import { changeTo, textOf, withChange } from '../pages/document.ts';
import type { Tx } from '../platform/db.ts';

interface Named {
  id: string;
  state: Buffer;
}

/**
 * Puts what a person is called now into the documents of pages that name him, so that the next change does not bring his
 * name back, and into their former versions and quoted passages. What was kept of single letters goes: it would still spell him.
 */
export async function renameInPages(
  tx: Tx,
  { handle }: { handle: string },
  { mention, written }: { mention: RegExp; written: string },
): Promise<void> {
  const called = `%@${handle.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<Named>`select pages.id, pages.state from pages join entries using (id)
    where entries.body ilike ${called} for update of pages`.execute(tx);
  const states = rows.flatMap(({ id, state }) => {
    const renamed = withChange(state, changeTo(state, textOf(state).replace(mention, written)));
    return renamed ? [{ id, state: Buffer.from(renamed.state) }] : [];
  });
  const ids = states.map(({ id }) => id);
  await sql`update pages set state = renamed.state
    from unnest(${ids}::uuid[], ${states.map(({ state }) => state)}::bytea[]) renamed(id, state)
    where pages.id = renamed.id`.execute(tx);
  await sql`update entries set version = version + 1 where id = any(${ids}::uuid[])`.execute(tx);
  await sql`delete from page_changes where page_id = any(${ids}::uuid[])`.execute(tx);
  await sql`insert into page_changes (page_id, version, change) select pages.id, entries.version, pages.state
    from pages join entries using (id) where pages.id = any(${ids}::uuid[])`.execute(tx);
  for (const [table, column] of KEPT) {
    const text = sql.ref(column);
    await sql`update ${sql.table(table)} set ${text} = regexp_replace(${text}, ${mention.source}, ${written}, 'gi')
      where ${text} ilike ${called}`.execute(tx);
  }
}

/** Where else words of pages are kept. */
const KEPT = [
  ['page_versions', 'body'],
  ['page_passages', 'quote'],
  ['page_passages', 'before'],
  ['page_passages', 'after'],
] as const;
