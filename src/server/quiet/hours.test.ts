/** Against an oracle that knows nothing but what Intl prints for each minute. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpen, nextOpening, type Calendar } from './hours.ts';

const ZONES = [
  ...['Europe/Paris', 'America/New_York', 'America/Santiago', 'Africa/Cairo', 'Africa/Casablanca'],
  // Half an hour, three quarters of an hour apart, two hours at once, at midnight.
  ...['Australia/Lord_Howe', 'Pacific/Chatham', 'Antarctica/Troll', 'Asia/Beirut'],
];
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** What is printed for a minute: `2026-03-29 03:00`, Sun. */
function printer(timeZone: string) {
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const weekday = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short' });
  return (at: number) => ({ time: time.format(at), weekday: weekday.format(at) });
}
type Printed = ReturnType<ReturnType<typeof printer>>;

const WEEKDAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function looksOpen(calendar: Calendar, { time, weekday }: Printed): boolean {
  const [day = '', clock = ''] = time.split(' ');
  const onClock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const off = (date: string) =>
    calendar.leave.some(({ from, to }) => date >= from && date <= to) ||
    (calendar.hours !== null && calendar.holidays.has(date));
  if (off(day)) return false;
  if (!calendar.hours) return true;
  const { days, opensAt, closesAt } = calendar.hours;
  const worked = (name: string | undefined) => days.some((one) => WEEKDAYS[one] === name);
  const [opens, closes] = [onClock(opensAt), onClock(closesAt)];
  if (opens < closes) return worked(weekday) && clock >= opens && clock < closes;
  if (worked(weekday) && clock >= opens) return true;
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const eve = new Date(Date.UTC(year, month - 1, date - 1)).toISOString().slice(0, 10);
  const eveName = [...WEEKDAYS.slice(1), ...WEEKDAYS.slice(1)][WEEKDAYS.indexOf(weekday) + 5];
  return clock < closes && worked(eveName) && !off(eve);
}

/** All hours at which the clock of a zone was changed, from 2026 to 2030. */
function clockChanges(timeZone: string): number[] {
  const print = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset', hour: 'numeric' });
  const shift = (at: number) => print.format(at).replace(/^\d+/, '');
  const found: number[] = [];
  const end = Date.UTC(2031, 0);
  for (let at = Date.UTC(2026, 0); at < end; at += DAY) {
    if (shift(at) === shift(at + DAY)) continue;
    for (let hour = at; hour < at + DAY; hour += 30 * MINUTE) {
      if (shift(hour) !== shift(hour + 30 * MINUTE)) found.push(hour + 30 * MINUTE);
    }
  }
  return found;
}

const someHours = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    opensAt: fc.oneof(fc.constant(510), fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 1438 })),
    length: fc.integer({ min: 1, max: 1440 }),
  })
  .map(({ days, opensAt, length }) => ({ days, opensAt, closesAt: Math.min(1440, opensAt + length) }));
/** They end on the morning after, often around the hours at which clocks are changed. */
const someNights = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    closesAt: fc.oneof(fc.integer({ min: 1, max: 240 }), fc.integer({ min: 1, max: 1438 })),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ days, closesAt, share }) => ({
    days,
    closesAt,
    opensAt: closesAt + 1 + Math.floor(share * (1438 - closesAt)),
  }));

const BEFORE = 3;
const AFTER = 10;

describe.each(ZONES)('around the clock changes of %s', (timeZone) => {
  const print = printer(timeZone);
  const changes = clockChanges(timeZone);

  test('there are some', () => expect(changes.length).toBeGreaterThan(0));

  test.each(changes.map((at) => [new Date(at).toISOString(), at] as const))('%s', (_, change) => {
    const first = change - BEFORE * DAY;
    const printed = Array.from({ length: (BEFORE + AFTER) * 1440 }, (_, index) =>
      print(first + index * MINUTE),
    );
    const days = [...new Set(printed.map(({ time }) => time.slice(0, 10)))];
    const someDays = fc.uniqueArray(fc.constantFrom(...days.slice(0, 6)), { maxLength: 2 });
    fc.assert(
      fc.property(
        fc.option(fc.oneof(someHours, someNights), { freq: 8 }),
        someDays,
        someDays,
        fc.integer({ min: 0, max: (BEFORE + 1) * DAY }),
        (hours, holidays, away, since) => {
          const leave = away.map((day) => ({ from: day, to: day }));
          const calendar = { timeZone, hours, holidays: new Set(holidays), leave };
          const now = new Date(first + since);
          const minute = Math.floor(since / MINUTE);
          const from = printed.findIndex((shown, index) => index >= minute && looksOpen(calendar, shown));
          const at = nextOpening(calendar, now);
          expect(isOpen(calendar, now)).toBe(looksOpen(calendar, printed[minute]!));
          // Where nothing opens in the minutes at hand, the next opening lies behind them.
          if (from < 0) expect(at.getTime()).toBeGreaterThanOrEqual(first + printed.length * MINUTE);
          else expect(at.getTime()).toBe(Math.max(now.getTime(), first + from * MINUTE));
        },
      ),
      { numRuns: 40 },
    );
  });
});

const paris = (more: Partial<Calendar> = {}): Calendar => ({
  timeZone: 'Europe/Paris',
  hours: { days: [1, 2, 3, 4, 5], opensAt: 510, closesAt: 1110 },
  holidays: new Set(['2026-12-25']),
  leave: [],
  ...more,
});

test.each([
  ['within the hours, at once', '2026-11-20T09:12:34.567Z', '2026-11-20T09:12:34.567Z'],
  ['in the evening, tomorrow', '2026-11-19T17:30:00.000Z', '2026-11-20T07:30:00.000Z'],
  ['on Friday evening, on Monday', '2026-11-20T18:00:00.000Z', '2026-11-23T07:30:00.000Z'],
  ['on the eve of a holiday, after it', '2026-12-24T18:00:00.000Z', '2026-12-28T07:30:00.000Z'],
  ['over the change to summer time', '2026-03-27T18:00:00.000Z', '2026-03-30T06:30:00.000Z'],
])('%s', (_, at, expected) => {
  expect(nextOpening(paris(), new Date(at)).toISOString()).toBe(expected);
});

const nights = (more: Partial<Calendar> = {}) =>
  paris({ hours: { days: [1, 2, 3, 4], opensAt: 1200, closesAt: 240 }, ...more });

test.each([
  ['at midnight, at once', '2026-11-18T23:00:00.000Z', '2026-11-18T23:00:00.000Z'],
  ['a moment before it ends, at once', '2026-11-19T02:59:59.999Z', '2026-11-19T02:59:59.999Z'],
  ['when it has ended, in the evening', '2026-11-19T03:00:00.000Z', '2026-11-19T19:00:00.000Z'],
  [
    'after the last night of the week, on Monday evening',
    '2026-11-20T03:00:00.000Z',
    '2026-11-23T19:00:00.000Z',
  ],
  ['before Monday’s night, not in Sunday’s', '2026-11-23T01:00:00.000Z', '2026-11-23T19:00:00.000Z'],
  ['in a night that ends on a holiday, after it', '2026-12-24T23:00:00.000Z', '2026-12-28T19:00:00.000Z'],
])('whoever works from 20:00 to 4:00 is rung: %s', (_, at, expected) => {
  expect(nextOpening(nights(), new Date(at)).toISOString()).toBe(expected);
});

test('a day of leave takes both nights that it touches', () => {
  const away = nights({ leave: [{ from: '2026-11-18', to: '2026-11-18' }] });
  for (const closed of ['2026-11-17T23:30:00Z', '2026-11-18T20:00:00Z', '2026-11-18T23:30:00Z'])
    expect(isOpen(away, new Date(closed)), closed).toBe(false);
  expect(isOpen(away, new Date('2026-11-17T22:30:00Z'))).toBe(true);
  expect(nextOpening(away, new Date('2026-11-17T23:30:00Z')).toISOString()).toBe('2026-11-19T19:00:00.000Z');
});

test('leave is over when the first working day after it begins, across a whole summer', () => {
  const leave = [{ from: '2026-02-02', to: '2026-11-20' }];
  const away = paris({ leave });
  expect(nextOpening(away, new Date('2026-02-01T23:00:00Z')).toISOString()).toBe('2026-11-23T07:30:00.000Z');
});

test('without hours, only leave closes, to the minute of midnight', () => {
  const away = paris({ hours: null, leave: [{ from: '2026-08-01', to: '2026-08-01' }] });
  expect(isOpen(away, new Date('2026-07-31T21:59:59.999Z'))).toBe(true);
  expect(nextOpening(away, new Date('2026-07-31T22:00:00Z')).toISOString()).toBe('2026-08-01T22:00:00.000Z');
});

test('a time zone nobody knows is read as Paris', () => {
  const lost = paris({ timeZone: 'Mars/Olympus' });
  expect(nextOpening(lost, new Date('2026-11-20T18:00:00Z')).toISOString()).toBe('2026-11-23T07:30:00.000Z');
});
