import { openDatabase } from '#server/platform/db.ts';
import { hotPaths } from './lines.ts';
import { askInTurn } from './load.ts';
import type { Landmarks } from './network.ts';
import { startProduct } from './server.ts';
import { medianOf } from './times.ts';
import { visitor } from './visitor.ts';

/** What a hot path costs in a network with ten times the posts. */
export interface Growth {
  name: string;
  /** Median milliseconds of one request, at one connection. */
  tenth: number;
  full: number;
}

interface Network {
  url: string;
  dataDir: string;
  marks: Landmarks;
}

const ROUNDS = 3;

/**
 * Asks both networks the same, line by line and in turn, so that a slow minute of the machine hits both; the median of
 * the rounds counts.
 * @param writes the lines that write, or those that only read
 * @param seconds for each round of a line
 */
export async function measureGrowth(
  tenth: Network,
  full: Network,
  writes: boolean,
  seconds: number,
): Promise<Growth[]> {
  const [small, large] = [await serve(tenth), await serve(full)];
  try {
    const growth: Growth[] = [];
    for (const [index, line] of large.lines.entries()) {
      const { name, limit, requests } = line;
      if (!limit || Boolean(line.writes) !== writes) continue;
      const taken: Record<'tenth' | 'full', number[]> = { tenth: [], full: [] };
      for (let round = 0; round < ROUNDS; round++) {
        taken.tenth.push((await askInTurn(small.port, small.lines[index]!.requests, 1, seconds)).p50);
        taken.full.push((await askInTurn(large.port, requests, 1, seconds)).p50);
      }
      growth.push({ name, tenth: medianOf(taken.tenth), full: medianOf(taken.full) });
    }
    return growth;
  } finally {
    await small.stop();
    await large.stop();
  }
}

/** A row per hot path: the smaller network, the larger, and how many times dearer it is there. */
export function printGrowth(growth: Growth[]): void {
  for (const { name, tenth, full } of growth)
    console.log(
      `ten times the posts, ${name}: ${tenth.toFixed(2)} -> ${full.toFixed(2)} ms, ${(full / tenth).toFixed(2)} times`,
    );
}

async function serve({ url, dataDir, marks }: Network) {
  const { db, close } = openDatabase(url, 4);
  const product = await startProduct(url, dataDir);
  const lines = await hotPaths(db, url, marks, await visitor(db, marks.few), await visitor(db, marks.many));
  const stop = async () => {
    try {
      await product.stop();
    } finally {
      await close();
    }
  };
  return { port: product.port, lines, stop };
}
