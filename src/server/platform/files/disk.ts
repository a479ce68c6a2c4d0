import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { FileStorage } from './storage.ts';

/** Keeps files in a folder of this machine, `files` under the data folder. */
export function diskStorage(dataDir: string): FileStorage {
  const placeOf = (key: string) => join(dataDir, 'files', checked(key));
  return {
    async put(key, path) {
      const place = placeOf(key);
      await mkdir(dirname(place), { recursive: true });
      await flush(path);
      await move(path, place);
      await flush(dirname(place));
    },
    async has(key) {
      return (await sizeOf(placeOf(key))) !== null;
    },
    async read(key, range) {
      const place = placeOf(key);
      if ((await sizeOf(place)) === null) return null;
      const file = createReadStream(place, range && { start: range.from, end: range.to });
      return Readable.toWeb(file) as ReadableStream<Uint8Array>;
    },
    async remove(key) {
      await rm(placeOf(key), { force: true });
    },
  };
}

/** A key names a place below the folder, and nothing else. */
function checked(key: string): string {
  if (!/^[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*)*$/.test(key)) throw new Error(`no key of a file: ${key}`);
  return key;
}

/** Onto the disk, so that what was acknowledged survives a power cut. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** In one step where both stand on one disk; else a copy under another name first, which a cut leaves behind. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    const near = `${to}.${process.pid}.part`;
    await copyFile(from, near);
    await flush(near);
    await rename(near, to);
    await rm(from, { force: true });
  }
}

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    ({ size }) => size,
    () => null,
  );
}
