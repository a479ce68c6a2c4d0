import { expect, test } from 'vitest';
import { formats } from './moments.ts';

const paris = formats('fr', 'Europe/Paris');
const now = paris.today(new Date('2026-03-20T10:00:00Z'));

test('a time is written in words, as seen from the reader’s own place', () => {
  expect(paris.moment('2026-03-12T13:05:00Z', now)).toBe('12 mars à 14\u202fh\u202f05');
  expect(formats('en', 'America/Montreal').moment('2026-03-12T13:05:00Z', now)).toBe('12 March at 09:05');
});

test('today and yesterday are those of the reader’s calendar, not the last 24 hours', () => {
  expect(paris.day('2026-03-19T23:30:00Z', now)).toBe('aujourd’hui');
  expect(paris.day('2026-03-19T22:30:00Z', now)).toBe('hier');
});

test('in a list, the hour is that of today and yesterday only', () => {
  expect(paris.lately('2026-03-19T13:05:00Z', now)).toBe('hier à 14\u202fh\u202f05');
  expect(paris.lately('2026-03-18T13:05:00Z', now)).toBe('18 mars');
});

test('another year is said; the first of a month is the first', () => {
  expect(paris.day('2025-05-01T10:00:00Z', now)).toBe('1er mai 2025');
  expect(paris.day('2026-01-11T10:00:00Z', now)).toBe('11 janvier');
  expect(paris.full('2026-03-01T08:00:00Z')).toBe('dimanche 1er mars 2026 à 9\u202fh\u202f00');
});

test('a time zone that nobody knows reads as Paris', () => {
  expect(formats('fr', 'Mars/Olympus').moment('2026-03-12T13:05:00Z', now)).toBe(
    '12 mars à 14\u202fh\u202f05',
  );
});
