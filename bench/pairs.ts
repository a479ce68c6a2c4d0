import type { Line } from './lines.ts';
import { askInTurn } from './load.ts';
import { medianOf } from './times.ts';

/** Two ways of asking that are to cost alike. */
export interface Pair {
  promise: string;
  /** How many times dearer the first may be. */
  bound: number;
  /** How many times dearer it was. */
  times: number;
}

const PAIRS = [
  { promise: 'search: common word / rare word', of: ['search, common word', 'search, rare word'], bound: 4 },
  {
    promise: 'feed: member of 200 / member of 5',
    of: ['feed, JSON (member of 200)', 'feed, JSON (member of 5)'],
    bound: 2,
  },
  {
    promise: 'feed: page 500 / page 1',
    of: ['feed, JSON, page 500', 'feed, JSON (member of 200)'],
    bound: 1.15,
  },
] as const;
const ROUNDS = 9;

/**
 * Asks each pair in turn, at one connection, so that a slow moment of the machine hits both; the medians of the rounds
 * are compared.
 * @param seconds for each of the two, in all rounds together
 */
export async function measurePairs(port: number, lines: Line[], seconds: number): Promise<Pair[]> {
  const requests = (name: string) => lines.find((line) => line.name === name)!.requests;
  const pairs: Pair[] = [];
  for (const { promise, of, bound } of PAIRS) {
    const taken: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [index, name] of of.entries())
        taken[index]!.push((await askInTurn(port, requests(name), 1, seconds / ROUNDS)).p50);
    pairs.push({ promise, bound, times: medianOf(taken[0]) / medianOf(taken[1]) });
  }
  return pairs;
}
