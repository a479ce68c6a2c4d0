import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import pg from 'pg';
import { inWords, OperatorError } from '#env';
import type { FileStorage } from '../platform/files/storage.ts';
import { migrate } from '../platform/migrate.ts';
import { settleMovedEvents } from '../platform/moved-events.ts';
import { loadFile, loadPart } from './load.ts';
import { quoted, type Manifest } from './tables.ts';
import { BrokenTar, readTar, type TarEntry } from './tar.ts';

/** What came back. */
interface Restored {
  madeAt: string;
  files: number;
}

/**
 * Puts a backup into an empty database and its storage: whole, or not at all. An older backup is brought to the version
 * of this code.
 * @param folder the migrations of this code
 */
export async function restoreBackup(
  url: string,
  storage: FileStorage,
  source: AsyncIterable<Buffer>,
  folder = 'migrations',
): Promise<Restored> {
  const client = new pg.Client({ connectionString: url, application_name: 'essaim restore' });
  await client.connect();
  try {
    await refuseLiving(client);
    const entries = readTar(source);
    const manifest = await manifestIn(entries);
    await empty(client);
    try {
      await migrateAs(manifest, url, folder);
      const files = await load(client, storage, manifest, entries);
      await migrate(url, folder);
      return { madeAt: manifest.madeAt, files };
    } catch (error) {
      await client.query('rollback');
      await empty(client);
      throw error;
    }
  } catch (error) {
    throw isBroken(error) ? broken() : error;
  } finally {
    await client.end();
  }
}

async function refuseLiving(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ ours: boolean; others: boolean }>(
    `select to_regclass('public.migrations') is not null as ours, exists (select 1 from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
        and not exists (select 1 from pg_depend where objid = pg_class.oid and deptype = 'e')) as others`,
  );
  const { ours = false, others = false } = rows[0] ?? {};
  const living = ours && (await client.query('select 1 from people limit 1')).rows.length > 0;
  if (!living && (ours || !others)) return;
  throw new OperatorError(
    inWords(
      'Ici vit déjà quelque chose : restaurez dans un dossier de données ou une base vides.',
      'Something lives here already: restore into an empty data folder or database.',
    ),
  );
}

async function manifestIn(entries: AsyncGenerator<TarEntry>): Promise<Manifest> {
  const { value: first, done } = await entries.next();
  if (done || first.name !== 'essaim.json') throw broken();
  const manifest = (await json(first.content)) as Manifest;
  if (manifest.format !== 1) throw newer();
  return manifest;
}

/** Nothing but what Essaim made is in it: that was looked at before. */
async function empty(client: pg.Client): Promise<void> {
  await client.query(
    `drop schema if exists graphile_worker cascade; drop schema public cascade; create schema public`,
  );
}

/** Brings the empty database to where that of the backup was. */
async function migrateAs({ migrations }: Manifest, url: string, folder: string): Promise<void> {
  const then = await mkdtemp(join(tmpdir(), 'essaim-migrations-'));
  try {
    for (const { name } of migrations) {
      if (!/^\d{4}_[\w-]+\.sql$/.test(name)) throw broken();
      await cp(join(folder, name), join(then, name)).catch(() => {
        throw newer();
      });
    }
    await migrate(url, then);
  } finally {
    await rm(then, { recursive: true });
  }
}

/** Everything in one transaction. References are looked at once all is there. */
async function load(
  client: pg.Client,
  storage: FileStorage,
  manifest: Manifest,
  entries: AsyncGenerator<TarEntry>,
): Promise<number> {
  await client.query('begin');
  const names = manifest.tables.map(({ name }) => `public.${quoted(name)}`);
  const { rows: references } = await client.query<{ owner: string; name: string; rule: string }>(
    `select conrelid::regclass::text as owner, quote_ident(conname) as name, pg_get_constraintdef(oid) as rule
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  for (const { owner, name } of references)
    await client.query(`alter table ${owner} drop constraint ${name}`);
  for (const name of names) await client.query(`alter table ${name} disable trigger user`);
  await client.query(`truncate ${names.join(', ')}`);

  const files = await loadEntries(client, storage, manifest, entries);
  for (const { name, value } of manifest.sequences)
    await client.query('select setval($1::regclass, $2)', [`public.${quoted(name)}`, value]);
  await settleMovedEvents(client);
  for (const name of names) await client.query(`alter table ${name} enable trigger user`);
  for (const { owner, name, rule } of references)
    await client.query(`alter table ${owner} add constraint ${name} ${rule}`);
  await client.query('commit');
  await client.query('analyze');
  return files;
}

async function loadEntries(
  client: pg.Client,
  storage: FileStorage,
  manifest: Manifest,
  entries: AsyncGenerator<TarEntry>,
): Promise<number> {
  const tables = new Map(manifest.tables.map((table) => [table.name, table]));
  for await (const entry of entries) {
    if (entry.name === 'end') return ((await json(entry.content)) as { files: number }).files;
    const [kind, name = ''] = entry.name.split('/');
    const table = kind === 'tables' ? tables.get(name) : undefined;
    if (table) await loadPart(client, table, entry);
    else if (kind === 'files') await loadFile(storage, entry);
    else throw broken();
  }
  throw broken();
}

/** Cut off, or with rows that no database could have given out. */
function isBroken(error: unknown): boolean {
  return error instanceof BrokenTar || /^2[23]/.test(String((error as { code?: string }).code));
}

function broken(): OperatorError {
  return new OperatorError(
    inWords(
      'Ce fichier n’est pas une sauvegarde d’Essaim, ou il est abîmé ou incomplet. Rien n’a été restauré.',
      'This file is no backup of Essaim, or it is damaged or cut off. Nothing was restored.',
    ),
  );
}

function newer(): OperatorError {
  return new OperatorError(
    inWords(
      'Cette sauvegarde vient d’une version plus récente d’Essaim : mettez Essaim à jour.',
      'This is a backup of a newer version of Essaim: update Essaim.',
    ),
  );
}
