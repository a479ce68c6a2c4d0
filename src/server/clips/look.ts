import { Worker } from 'node:worker_threads';
import type { Extract } from './extract.ts';

const PATIENCE_MILLISECONDS = 8_000;
const MOST_MEMORY_MB = 512;

/** Reads a page that was fetched, for eight seconds at most; null where it is too tangled for that. */
export function lookAtPage(bytes: Uint8Array, type: string, url: string): Promise<Extract | null> {
  const { promise, resolve } = Promise.withResolvers<Extract | null>();
  // By the name of the source, which stands there in service too: a bundle of the pages would not hold it.
  const worker = new Worker(new URL(import.meta.resolve('#server/clips/extract-worker.ts')), {
    workerData: { bytes, type, url },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    env: {},
    stdout: true,
    stderr: true,
  });
  const timer = setTimeout(() => resolve(null), PATIENCE_MILLISECONDS);
  worker.once('message', (read: Extract | null) => resolve(read));
  worker.once('error', () => resolve(null));
  worker.once('exit', () => resolve(null));
  return promise.finally(() => {
    clearTimeout(timer);
    void worker.terminate();
  });
}
