/** What a database holds, table by table. */
import { sql } from 'kysely';
import type { Db } from '#server/platform/db.ts';

/** How often somebody tried a key of whatever kind is counted, and read by nobody. */
const countings = ['attempts'];

/** A mark of each table's rows: the same rows in any order have the same. */
export async function contentsOf(db: Db): Promise<Map<string, string>> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select schemaname as schema, tablename as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') and tablename <> all(${countings}) order by 1, 2`.execute(
    db,
  );
  const marks = tables.map(
    ({ schema, name }) => sql<{ name: string; mark: string }>`
      select ${`${schema}.${name}`} as name, md5(coalesce(string_agg(line, '' order by line), '')) as mark
      from (select md5(t::text) as line from ${sql.table(`${schema}.${name}`)} t) each`,
  );
  const { rows } = await sql<{ name: string; mark: string }>`${sql.join(marks, sql` union all `)}`.execute(
    db,
  );
  return new Map(rows.map(({ name, mark }) => [name, mark]));
}

/** The tables that do not hold the same. */
export function changedTables(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...before].filter(([name, mark]) => after.get(name) !== mark).map(([name]) => name);
}
