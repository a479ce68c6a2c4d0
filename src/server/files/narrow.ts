import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { notFound } from '../errors.ts';
import { incomingPath } from '../platform/files/incoming.ts';
import { fileStorage, readAll } from '../platform/files/storage.ts';
import { blobKey, narrowKey } from './keys.ts';
import { narrowed, type Format, type Width } from './pictures.ts';

const making = new Map<string, Promise<void>>();
let before: Promise<unknown> = Promise.resolve();

/**
 * The key of a picture no wider than `width`, made when it is first asked for. They are made one after the other: a
 * page full of pictures does not take the machine away from everybody else.
 */
export async function narrowPicture(sha256: string, width: Width, format: Format): Promise<string> {
  const key = narrowKey(sha256, width, format);
  if (await fileStorage().has(key)) return key;
  let made = making.get(key);
  if (!made) {
    made = before.then(() => make(sha256, width, format, key)).finally(() => making.delete(key));
    before = made.catch(() => undefined);
    making.set(key, made);
  }
  await made;
  return key;
}

async function make(sha256: string, width: Width, format: Format, key: string): Promise<void> {
  const storage = fileStorage();
  const source = await readAll(storage, blobKey(sha256));
  if (!source) throw notFound();
  const path = await incomingPath();
  try {
    await pipeline(source, createWriteStream(path));
    await storage.put(key, await narrowed(path, width, format));
  } finally {
    await rm(path, { force: true });
  }
}
