/** Milliseconds of something done several times over, at the middle and at the slow end. */
export interface Times {
  p50: number;
  p95: number;
}

export async function timesOf(work: (turn: number) => Promise<unknown>, times: number): Promise<Times> {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const began = performance.now();
    await work(turn);
    taken.push(performance.now() - began);
  }
  const sorted = taken.sort((a, b) => a - b);
  return { p50: sorted[Math.floor(times * 0.5)]!, p95: sorted[Math.floor(times * 0.95)]! };
}

export function timesLine(name: string, { p50, p95 }: Times): string {
  return `  ${name}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`;
}

/** The middle one; NaN where there is none. */
export function medianOf(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
