import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from '#env';
import { invalid } from '../../errors.ts';

/**
 * How much of what is over a limit is still read, into nothing: a client in the middle of sending would not hear the
 * refusal. Whoever sends yet more is answered while he still sends.
 */
export const HEARD_IN_VAIN = 32 * 1024 * 1024;

/** A fresh path for something on its way in, on the disk that files are kept on. */
export async function incomingPath(): Promise<string> {
  const folder = join(env.DATA_DIR, 'incoming');
  await mkdir(folder, { recursive: true });
  return join(folder, randomUUID());
}

/**
 * Writes a stream to a file of its own as it comes. Refuses one that is over the limit, of which nothing more is kept
 * then. A stream that breaks breaks here too, unless `keepBroken`: then what came is kept.
 */
export async function takeIn(
  stream: AsyncIterable<Uint8Array>,
  largest: number,
  { keepBroken = false } = {},
): Promise<{ path: string; bytes: number }> {
  const path = await incomingPath();
  const file = await open(path, 'wx');
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      bytes += chunk.length;
      if (bytes <= largest) await file.write(chunk);
      if (bytes > largest + HEARD_IN_VAIN) break;
    }
    if (bytes > largest) throw invalid('file', 'file_too_large');
  } catch (error) {
    if (!keepBroken || bytes > largest) {
      await rm(path, { force: true });
      throw isTooLarge(error) ? invalid('file', 'file_too_large') : error;
    }
  } finally {
    await file.close();
  }
  return { path, bytes };
}

/** The server in front has a limit of its own, a little above, and breaks the stream. */
function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 413;
}

/** The name of the bytes at `path`. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** Clears away what a process that ended in the middle has left lying for longer than a day. */
export async function clearIncoming(now = Date.now()): Promise<void> {
  const folder = join(env.DATA_DIR, 'incoming');
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }));
    if (now - mtimeMs > 86_400_000) await rm(path, { force: true });
  }
}
