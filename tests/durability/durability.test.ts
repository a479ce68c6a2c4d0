import { expect, test } from 'vitest';
import { trial } from './trial.ts';

test.each(['plain', 'essaim'] as const)(
  '%s loses and doubles nothing, however it is killed',
  async (program) => {
    const { acknowledged, lost, doubled, wrong, recoveries } = await trial({
      program,
      rounds: program === 'essaim' ? 30 : 6,
      seed: 20261121,
    });
    expect({ lost, doubled, wrong }).toEqual({ lost: [], doubled: [], wrong: [] });
    expect(acknowledged).toBeGreaterThan(recoveries.length);
    expect(Math.max(...recoveries)).toBeLessThan(10_000);
  },
  600_000,
);
