import type { FetchOptions } from './fetcher.ts';

/** How other people's servers are treated. */
export interface HostManners {
  /** Between two questions to one server. */
  gapMs?: number;
  /** How many servers at once. */
  side?: number;
  fetch?: FetchOptions;
}

/**
 * Does the work for each thing: for those of one server one after the other with a pause, servers side by side. Where
 * `work` answers false the server is too slow to be asked more: the rest of its things are given to `spare`.
 */
export async function byHost<Thing extends { host: string }>(
  things: Thing[],
  { gapMs = 1_000, side = 6 }: HostManners,
  work: (thing: Thing) => Promise<boolean>,
  spare: (things: Thing[]) => Promise<void>,
): Promise<void> {
  const waiting = [...Map.groupBy(things, ({ host }) => host).values()];
  const lanes = Array.from({ length: side }, async () => {
    for (let queue = waiting.pop(); queue; queue = waiting.pop()) {
      for (const [index, thing] of queue.entries()) {
        if (index > 0 && gapMs > 0) await new Promise((resolve) => setTimeout(resolve, gapMs));
        if (await work(thing)) continue;
        await spare(queue.slice(index + 1));
        break;
      }
    }
  });
  await Promise.all(lanes);
}
