import { expect, test } from 'vitest';
import fc from 'fast-check';
import { nextDigest, type DigestTime } from './digest-time.ts';

const at = (digest: DigestTime['digest'], hour: number, zone: string, after: string, weekday = 1) =>
  nextDigest({ digest, hour, weekday }, zone, new Date(after))?.toISOString();

test('each working day at the hour of one’s own clock', () => {
  expect(at('day', 8, 'Europe/Paris', '2026-11-20T06:59:00Z')).toBe('2026-11-20T07:00:00.000Z');
  expect(at('day', 8, 'Europe/Paris', '2026-11-20T07:00:00Z')).toBe('2026-11-23T07:00:00.000Z');
  expect(at('day', 8, 'Asia/Tokyo', '2026-11-22T22:00:00Z')).toBe('2026-11-22T23:00:00.000Z');
  expect(at('day', 23, 'America/Montreal', '2026-11-21T03:59:00Z')).toBe('2026-11-21T04:00:00.000Z');
});

test('once a week on its day', () => {
  expect(at('week', 17, 'Europe/Paris', '2026-11-20T16:00:00Z', 5)).toBe('2026-11-27T16:00:00.000Z');
  expect(at('week', 8, 'Europe/Paris', '2026-11-20T16:00:00Z', 7)).toBe('2026-11-22T07:00:00.000Z');
  expect(at('none', 8, 'Europe/Paris', '2026-11-20T16:00:00Z')).toBeUndefined();
});

test('an hour that is skipped comes as much later, one that comes twice comes the first time', () => {
  expect(at('week', 2, 'Europe/Paris', '2026-03-28T12:00:00Z', 7)).toBe('2026-03-29T01:00:00.000Z');
  expect(at('week', 2, 'Europe/Paris', '2026-10-24T12:00:00Z', 7)).toBe('2026-10-25T00:00:00.000Z');
});

test('on every clock, through every change: in the future, on such a day, at that hour', () => {
  const zones = [
    'Europe/Paris',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'Africa/Casablanca',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.constantFrom('day' as const, 'week' as const),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 1, max: 7 }),
      fc.date({ min: new Date('2026-01-01'), max: new Date('2031-01-01'), noInvalidDate: true }),
      (zone, digest, hour, weekday, after) => {
        const next = nextDigest({ digest, hour, weekday }, zone, after)!;
        expect(next > after).toBe(true);
        expect(next.getTime() - after.getTime()).toBeLessThan(
          (digest === 'week' ? 7 : 3) * 86_400_000 + 7_200_000,
        );
        const parts = new Intl.DateTimeFormat('en-US', {
          timeZone: zone,
          weekday: 'short',
          hour: 'numeric',
          hourCycle: 'h23',
        });
        const shown = Object.fromEntries(parts.formatToParts(next).map(({ type, value }) => [type, value]));
        const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(shown['weekday'] ?? '') + 1;
        if (digest === 'week') expect(day).toBe(weekday);
        else expect(day).toBeLessThanOrEqual(5);
        // One hour later where the clock skips.
        expect([hour, hour + 1]).toContain(Number(shown['hour']));
      },
    ),
    { numRuns: 2_000 },
  );
});
