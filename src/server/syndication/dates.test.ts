import { expect, test } from 'vitest';
import { pastDate, readDate } from './dates.ts';

test.each([
  ['2006-12-16 10:00:00', '2006-12-16T10:00:00.000Z'],
  ['2006-12-16T10:00:00.5+01:00', '2006-12-16T09:00:00.500Z'],
  ['2006-12-16T10:00Z', '2006-12-16T10:00:00.000Z'],
  ['2006-12', '2006-12-01T00:00:00.000Z'],
  ['20061216', '2006-12-16T00:00:00.000Z'],
  ['Sat, 16 Dec 2006 10:00:00 +0100', '2006-12-16T09:00:00.000Z'],
  ['Sat, 16 Dec 2006 10:00:00 EST', '2006-12-16T15:00:00.000Z'],
  ['16 Dec 06 10:00 GMT', '2006-12-16T10:00:00.000Z'],
  ['Thur, 1 June 2006 10:00:00 PDT', '2006-06-01T17:00:00.000Z'],
  ['samedi 16 décembre 2006 10:00', '2006-12-16T10:00:00.000Z'],
  ['sam., 1er août 2015 à 9h05', '2015-08-01T09:05:00.000Z'],
  ['14 juil. 2015', '2015-07-14T00:00:00.000Z'],
  ['December 16, 2006 3:30 PM', '2006-12-16T15:30:00.000Z'],
  ['1166263200', '2006-12-16T10:00:00.000Z'],
])('%s', (text, expected) => expect(readDate(text)?.toISOString()).toBe(expected));

test.each([
  '',
  '0000-00-00 00:00:00',
  '-0001-11-30T00:00:00+00:00',
  'Mon, 30 Nov -0001 00:00:00 +0000',
  'hier',
  '2006-13-45',
  undefined,
])('%s is no date', (text) => expect(readDate(text)).toBeUndefined());

test('a date to come is now', () => {
  expect(pastDate('2150-01-01')!.getTime()).toBeLessThanOrEqual(Date.now());
});
