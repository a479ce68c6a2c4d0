import { expect, test } from 'vitest';
import { calendarDay, comingMoment, timeOfDay, weekdays } from './calendar.ts';

const evening = new Date('2026-11-20T19:00:00Z');

test.each([
  ['fr', '2026-11-20T22:30:00Z', 'aujourd’hui à 23\u202fh\u202f30'],
  ['fr', '2026-11-21T07:30:00Z', 'demain à 8\u202fh\u202f30'],
  ['fr', '2026-11-23T07:30:00Z', 'lundi à 8\u202fh\u202f30'],
  ['fr', '2026-11-27T07:30:00Z', 'vendredi 27 novembre à 8\u202fh\u202f30'],
  ['fr', '2027-02-01T07:30:00Z', 'lundi 1er février 2027 à 8\u202fh\u202f30'],
  ['en', '2026-11-21T07:30:00Z', 'tomorrow at 08:30'],
  ['en', '2026-11-23T07:30:00Z', 'on Monday at 08:30'],
] as const)('%s: %s is %s', (language, iso, words) => {
  expect(comingMoment(language, 'Europe/Paris', iso, evening)).toBe(words);
});

test('days and times read as people say them', () => {
  expect(weekdays('fr', [2, 4])).toBe('mardi et jeudi');
  expect(timeOfDay('fr', '08:05')).toBe('8\u202fh\u202f05');
  expect(calendarDay('fr', '2026-12-01', evening)).toBe('mardi 1er décembre');
  expect(calendarDay('en', '2027-12-01', evening)).toBe('Wednesday 1 December 2027');
});
