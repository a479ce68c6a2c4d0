import { expect, test, vi } from 'vitest';
import { inTurn } from './turns.ts';

test('of many who come at once, eight are under way, in the order they came', async () => {
  const open: (() => void)[] = [];
  const begun: number[] = [];
  const all = Array.from({ length: 20 }, (_, n) =>
    inTurn(async () => {
      begun.push(n);
      await new Promise<void>((resolve) => open.push(resolve));
      return n;
    }),
  );
  const done: number[] = [];
  for (let n = 0; n < 20; n++) {
    expect(begun.length).toBe(Math.min(20, n + 8));
    open[n]?.();
    done.push((await all[n])!);
  }
  expect(begun).toEqual(done);
});

test('one that fails leaves its place; one that hangs holds the others up for half a second', async () => {
  await expect(inTurn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  vi.useFakeTimers();
  try {
    const end: (() => void)[] = [];
    const hanging = Array.from({ length: 8 }, () =>
      inTurn(() => new Promise<void>((resolve) => end.push(resolve))),
    );
    const late = inTurn(() => Promise.resolve('made'));
    await vi.advanceTimersByTimeAsync(500);
    expect(await late).toBe('made');
    for (const go of end) go();
    await Promise.all(hanging);
    expect(await inTurn(() => Promise.resolve('at once'))).toBe('at once');
  } finally {
    vi.useRealTimers();
  }
});
