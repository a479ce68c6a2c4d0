import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { env } from '#env';
import { diskStorage } from './disk.ts';
import { s3Storage } from './s3.ts';

/** A part of a file, in bytes, both ends in it. */
export interface Range {
  from: number;
  to: number;
}

/**
 * Where the bytes of files are kept. A key is made of lower case letters, digits, `-`, `.` and `/`; what stands under
 * it never changes.
 */
export interface FileStorage {
  /** Keeps the file at `path`, which is gone afterwards. All of it is there, or nothing. */
  put(key: string, path: string): Promise<void>;
  has(key: string): Promise<boolean>;
  /** Null where nothing is kept under this key. */
  read(key: string, range?: Range): Promise<ReadableStream<Uint8Array> | null>;
  /** Removing what is not there is no mistake. */
  remove(key: string): Promise<void>;
}

let made: { from: string; storage: FileStorage } | undefined;

/** The storage that the operator chose: a folder of this machine, or an S3 bucket where `FILES_S3_URL` names one. */
export function fileStorage(): FileStorage {
  const { FILES_S3_URL: url, DATA_DIR } = env;
  const from = url ?? DATA_DIR;
  if (made?.from !== from) made = { from, storage: url ? s3Storage(url) : diskStorage(DATA_DIR) };
  return made.storage;
}

/** All that is kept under a key, as a stream of Node's own. */
export async function readAll(storage: FileStorage, key: string): Promise<Readable | null> {
  const stream = await storage.read(key);
  return stream && Readable.fromWeb(stream as WebStream);
}
