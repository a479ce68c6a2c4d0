import { inThread } from '../platform/in-thread.ts';
import type { Extract } from './extract.ts';

const PATIENCE_MILLISECONDS = 8_000;
const MOST_MEMORY_MB = 512;

/** Reads a page that was fetched, for eight seconds at most; null where it is too tangled for that. */
export function lookAtPage(bytes: Uint8Array, type: string, url: string): Promise<Extract | null> {
  return inThread<Extract | null>(
    import.meta.resolve('#server/clips/extract-worker.ts'),
    { bytes, type, url },
    { patience: PATIENCE_MILLISECONDS, memory: MOST_MEMORY_MB, instead: () => null },
  );
}
