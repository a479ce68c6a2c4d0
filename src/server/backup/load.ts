import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { incomingPath, sha256Of } from '../platform/files/incoming.ts';
import type { FileStorage } from '../platform/files/storage.ts';
import { copying, type Manifest } from './tables.ts';
import { BrokenTar, type TarEntry } from './tar.ts';

const unpacked = promisify(gunzip);

/** Some rows of a table. */
export async function loadPart(
  client: pg.Client,
  table: Manifest['tables'][number],
  entry: TarEntry,
): Promise<void> {
  const packed = await buffer(entry.content);
  // Unpacked as a whole: its sum stands at its end.
  const rows = await unpacked(packed).catch(() => {
    throw new BrokenTar();
  });
  await pipeline([rows], client.query(copyFrom(`${copying(table)} from stdin`)));
}

/** A file. One that is not what its name says was damaged on the way. */
export async function loadFile(storage: FileStorage, entry: TarEntry): Promise<void> {
  const key = entry.name.slice('files/'.length);
  const path = await incomingPath();
  try {
    await pipeline(Readable.from(entry.content), createWriteStream(path));
    const [, sha256] = /^[0-9a-f]{2}\/([0-9a-f]{64})$/.exec(key) ?? [];
    if (sha256 && (await sha256Of(path)) !== sha256) throw new BrokenTar();
    await storage.put(key, path);
  } finally {
    await rm(path, { force: true });
  }
}
