import type pg from 'pg';

/** What a backup is made of, besides the files: told at its beginning. */
export interface Manifest {
  format: 1;
  madeAt: string;
  /** What the database had had, in order: a restore begins from there. */
  migrations: { name: string; checksum: string }[];
  tables: { name: string; columns: string[] }[];
  sequences: { name: string; value: string }[];
}

/** Of no use elsewhere: what the migrations write themselves, and uploads whose parts are in no backup. */
const LEFT_OUT = ['migrations', 'uploads'];

/** Reads what there is, in the transaction of `client`. */
export async function manifestOf(client: pg.Client): Promise<Manifest> {
  const migrations = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from migrations order by name',
  );
  const tables = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       and a.attgenerated = ''
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all($1)
     group by c.relname order by c.relname`,
    [LEFT_OUT],
  );
  const sequences = await client.query<{ name: string; value: string }>(
    `select sequencename as name, last_value::text as value from pg_sequences
     where schemaname = 'public' and last_value is not null order by 1`,
  );
  return {
    format: 1,
    madeAt: new Date().toISOString(),
    migrations: migrations.rows,
    tables: tables.rows,
    sequences: sequences.rows,
  };
}

/** A name as SQL takes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function copying({ name, columns }: Manifest['tables'][number]): string {
  return `copy public.${quoted(name)} (${columns.map(quoted).join(', ')})`;
}
