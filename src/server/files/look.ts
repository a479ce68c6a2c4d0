import { Worker } from 'node:worker_threads';
import type { Look } from './look-worker.ts';

const PATIENCE_MILLISECONDS = 10_000;
const MOST_MEMORY_MB = 384;

/**
 * Looks into the file at `path`, for ten seconds at most. Nothing that is wrong with it is a reason to refuse it: it is
 * then kept without what could not be found out.
 */
export function lookInto(kind: 'pdf' | 'recording', path: string): Promise<Look> {
  const { promise, resolve } = Promise.withResolvers<Look>();
  // By the name of the source, which stands there in service too: a bundle of the pages would not hold it.
  const worker = new Worker(new URL(import.meta.resolve('#server/files/look-worker.ts')), {
    workerData: { kind, path },
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    env: {},
    stdout: true,
    stderr: true,
  });
  const timer = setTimeout(() => resolve({}), PATIENCE_MILLISECONDS);
  worker.once('message', (look: Look) => resolve(look));
  worker.once('error', () => resolve({}));
  worker.once('exit', () => resolve({}));
  return promise.finally(() => {
    clearTimeout(timer);
    void worker.terminate();
  });
}
