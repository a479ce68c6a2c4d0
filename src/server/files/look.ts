import { inThread } from '../platform/in-thread.ts';
import type { Look } from './look-worker.ts';

const PATIENCE_MILLISECONDS = 10_000;
const MOST_MEMORY_MB = 384;

/**
 * Looks into the file at `path`, for ten seconds at most. Nothing that is wrong with it is a reason to refuse it: it is
 * then kept without what could not be found out.
 */
export function lookInto(kind: 'pdf' | 'recording', path: string): Promise<Look> {
  return inThread<Look>(
    import.meta.resolve('#server/files/look-worker.ts'),
    { kind, path },
    { patience: PATIENCE_MILLISECONDS, memory: MOST_MEMORY_MB, instead: () => ({}) },
  );
}
