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
  const toldBy = (id: string) => parseInt(id.replace('-', '').slice(0, 12), 16);
  // Tests beside this one may have shown this process a later clock: ids are behind those of that time.
  const next = Math.max(Date.now(), toldBy(newId())) + 1000;
  vi.useFakeTimers({ toFake: ['Date'], now: next });
  expect(toldBy(newId())).toBe(next);
});
