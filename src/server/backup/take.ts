import type { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { blobKey, previewKey } from '../files/keys.ts';
import type { FileStorage } from '../platform/files/storage.ts';
import { copying, manifestOf, type Manifest } from './tables.ts';
import { TarWriter } from './tar.ts';

/** What went into a backup. */
export interface Taken {
  tables: number;
  files: number;
  /** Files that the database names and the storage does not have. */
  missing: string[];
}

/** Of the rows of a table, as text: a part is packed, and later restored, by itself. */
const PART = 4_000_000;
const AT_ONCE = 500;
const gzipped = promisify(gzip);

/**
 * Writes the whole network into one stream: its rows as they are at one moment, whatever is written meanwhile, then the
 * files that they name.
 */
export async function takeBackup(url: string, storage: FileStorage, out: Writable): Promise<Taken> {
  const client = new pg.Client({ connectionString: url, application_name: 'essaim backup' });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read, read only');
    const archive = new TarWriter(out);
    const manifest = await manifestOf(client);
    await archive.add('essaim.json', Buffer.from(JSON.stringify(manifest, null, 1)));
    for (const table of manifest.tables) await addTable(archive, client, table);
    const { files, missing } = await addFiles(archive, client, storage);
    await archive.add('end', Buffer.from(JSON.stringify({ files })));
    await archive.end();
    return { tables: manifest.tables.length, files, missing };
  } finally {
    await client.end();
  }
}

/** Rows end where a line does: what is inside of them is escaped. */
async function addTable(
  archive: TarWriter,
  client: pg.Client,
  table: Manifest['tables'][number],
): Promise<void> {
  let [kept, bytes, part]: [Buffer[], number, number] = [[], 0, 0];
  const pack = async (rows: Buffer) => {
    if (rows.length === 0) return;
    const name = `tables/${table.name}/${String(++part).padStart(6, '0')}.gz`;
    await archive.add(name, await gzipped(rows, { level: 4 }));
  };
  for await (const chunk of client.query(copyTo(`${copying(table)} to stdout`)) as AsyncIterable<Buffer>) {
    kept.push(chunk);
    bytes += chunk.length;
    if (bytes < PART) continue;
    const all = Buffer.concat(kept);
    const end = all.lastIndexOf('\n') + 1;
    await pack(all.subarray(0, end));
    kept = [all.subarray(end)];
    bytes = all.length - end;
  }
  await pack(Buffer.concat(kept));
}

/** Smaller pictures are left out: they are made again when somebody asks for them. */
async function addFiles(archive: TarWriter, client: pg.Client, storage: FileStorage) {
  let files = 0;
  const missing: string[] = [];
  for (let last = ''; ;) {
    const { rows } = await client.query<{ sha256: string; bytes: number; preview: boolean }>(
      `select sha256, bytes, preview_width is not null as preview from blobs
       where sha256 > $1 order by sha256 limit ${AT_ONCE}`,
      [last],
    );
    for (const { sha256, bytes, preview } of rows) {
      const content = await storage.read(blobKey(sha256));
      if (content) await archive.stream(`files/${blobKey(sha256)}`, bytes, content);
      else missing.push(sha256);
      const page = preview && (await storage.read(previewKey(sha256)));
      if (page) await archive.add(`files/${previewKey(sha256)}`, await new Response(page).bytes());
      if (content) files++;
    }
    if (rows.length < AT_ONCE) return { files, missing };
    last = rows.at(-1)!.sha256;
  }
}
