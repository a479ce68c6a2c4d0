import { afterEach, expect, test, vi } from 'vitest';
import { newId } from './new-id.ts';

afterEach(() => vi.useRealTimers());

test('ids are in the order they were made in, many to a millisecond, and when the clock goes back', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const made = Array.from({ length: 10_000 }, newId);
  vi.setSystemTime(Date.now() - 60_000);
  made.push(...Array.from({ length: 10_000 }, newId));
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(20_000);
  for (const id of made)
    expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test('an id tells when it was made', () => {
  const before = Date.now();
  const at = parseInt(newId().replace('-', '').slice(0, 12), 16);
  expect(at).toBeGreaterThanOrEqual(before);
  expect(at - before).toBeLessThan(60_000);
});
