import { expect, test, vi } from 'vitest';
import { refuseTooMany } from './rate-limit.ts';

vi.stubEnv('RATE_LIMIT', '8');

const refused = (who: string, method: string, times: number) => {
  let waits: unknown;
  for (let time = 0; time < times; time++)
    try {
      refuseTooMany(who, method);
    } catch (error) {
      waits ??= error;
    }
  return waits;
};

test('four seconds of reads at once, a quarter of that in writes; then how long to wait', () => {
  expect(refused('claire', 'GET', 32)).toBeUndefined();
  expect(refused('claire', 'HEAD', 40)).toMatchObject({ code: 'too_many', reason: 'rate_limited' });
  expect(refused('claire', 'POST', 8)).toBeUndefined();
  expect(refused('claire', 'DELETE', 40)).toMatchObject({ code: 'too_many', retryAfterSeconds: 1 });
});

test('what one asks is not counted against another', () => {
  expect(refused('karim', 'GET', 40)).toBeDefined();
  expect(refused('ines', 'GET', 32)).toBeUndefined();
});
