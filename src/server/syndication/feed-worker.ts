/** Reads a feed in a thread of its own: one entry may keep a reader busy for long, and a thread can be ended from outside. */
import { parentPort, workerData } from 'node:worker_threads';
import { parseFeed, type FeedSource } from './feed.ts';
import { ImportError, type ImportedBlog } from './types.ts';

/** What the thread says: the blog, or where and why there is none. */
export type ReadApart = { blog: ImportedBlog } | { line: number; reason: string; column?: number };

const { bytes, source } = workerData as { bytes: Uint8Array; source: FeedSource };

async function read(): Promise<ReadApart> {
  try {
    return { blog: await parseFeed(bytes, source) };
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    const { line, reason, column } = error;
    return { line, reason, ...(column !== undefined && { column }) };
  }
}

parentPort?.postMessage(await read());
