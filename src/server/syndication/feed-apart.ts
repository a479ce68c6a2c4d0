import { inThread } from '../platform/in-thread.ts';
import { parseFeed, type FeedSource } from './feed.ts';
import type { ReadApart } from './feed-worker.ts';
import { ImportError, type ImportedBlog } from './types.ts';

/** Octets that are read at once; none of them makes this process busy for more than a second or two. */
const SMALL = 100_000;
const PATIENCE_MILLISECONDS = 30_000;
const MOST_MEMORY_MB = 512;

let last: Promise<unknown> = Promise.resolve();

/**
 * Reads a feed that somebody else's server gave, as `parseFeed` does. A large one is read beside this process, one after
 * the other, for thirty seconds at most each: what is too tangled for that (`patience`, in milliseconds) is
 * refused with an `ImportError`.
 */
export function parseFeedApart(
  bytes: Uint8Array,
  source: FeedSource,
  patience = PATIENCE_MILLISECONDS,
): Promise<ImportedBlog> {
  const packed = bytes[0] === 0x1f;
  if (bytes.length <= SMALL && !packed) return parseFeed(bytes, source);
  const read = last.then(() => readApart(bytes, source, patience));
  last = read.catch(() => undefined);
  return read;
}

async function readApart(bytes: Uint8Array, source: FeedSource, patience: number): Promise<ImportedBlog> {
  const read = await inThread<ReadApart>(
    import.meta.resolve('#server/syndication/feed-worker.ts'),
    { bytes, source },
    {
      patience,
      memory: MOST_MEMORY_MB,
      instead: () => ({ line: 1, reason: 'The feed cannot be read in the time there is for it' }),
    },
  );
  if ('blog' in read) return read.blog;
  throw new ImportError(read.line, read.reason, read.column);
}
