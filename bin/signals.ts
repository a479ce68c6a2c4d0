/** When a long-running command must end: a signal, or the end of the program that started it. */

export interface Stop {
  /** Told to stop: whoever is in the middle of something leaves it. */
  signal: AbortSignal;
  /** Fails once told to stop, so that it can be raced against what may take long. */
  asked: Promise<never>;
  /** Asks for the end because of an error, which ends the program. */
  because(reason: unknown): void;
}

class Stopped extends Error {}

/**
 * Runs `work` until it ends, or the program is told to stop: what then fails in it fails because of that, and is no
 * error. A second signal changes nothing: the end is bounded in time.
 */
export async function untilToldToStop(work: (stop: Stop) => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const { promise: asked, reject } = Promise.withResolvers<never>();
  asked.catch(() => undefined);
  signal.addEventListener('abort', () => reject(signal.reason));
  const politely = () => stopping.abort(new Stopped());
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, politely);
  // The channel to the program that runs in our place closes when that one dies, even by SIGKILL.
  if (process.connected) process.once('disconnect', politely);
  try {
    await work({ signal, asked, because: (reason) => stopping.abort(reason) });
  } catch (error) {
    const reason: unknown = signal.aborted ? signal.reason : error;
    if (!(reason instanceof Stopped)) throw reason;
  }
}
