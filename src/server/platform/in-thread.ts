import { Worker } from 'node:worker_threads';

/** What a thread may take, in milliseconds and megabytes, and what is given where that is not enough or it breaks. */
interface Allowed<Answer> {
  patience: number;
  memory: number;
  instead: () => Answer;
}

/**
 * What a thread answers to `data`. What comes from outside may keep a reader busy for ever, or fill its memory, and a
 * thread can be ended. `source` is the thread's, resolved by its name: it stands there in service too, where a bundle of
 * the pages would not hold it.
 */
export function inThread<Answer>(source: string, data: unknown, allowed: Allowed<Answer>): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const worker = new Worker(new URL(source), {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: allowed.memory },
    env: {},
    stdout: true,
    stderr: true,
  });
  const giveUp = () => resolve(allowed.instead());
  const timer = setTimeout(giveUp, allowed.patience);
  worker.once('message', resolve);
  worker.once('error', giveUp);
  worker.once('exit', giveUp);
  return promise.finally(() => {
    clearTimeout(timer);
    void worker.terminate();
  });
}
