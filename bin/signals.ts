/** When a long-running command must end: a signal, or the end of the program that started it. */

export interface Stop {
  /** Settles once; with the error that ends the program, if one does. */
  asked: Promise<unknown>;
  /** Asks for the end because of an error. */
  because(reason: unknown): void;
}

/** Listens for what ends the program. A second signal changes nothing: the end is bounded in time. */
export function toldToStop(): Stop {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve(undefined));
  // The channel to the program that runs in our place closes when that one dies, even by SIGKILL.
  if (process.connected) process.once('disconnect', () => resolve(undefined));
  return { asked: promise, because: resolve };
}
