/** When a person may be rung. Pure: a calendar and an instant in, an answer out. */
import { wallClock } from './wall-clock.ts';

/**
 * Days of the week (1 is Monday) and minutes of the wall clock: `closesAt` itself is closed. Hours that close before they
 * open go on after midnight, and belong to the day on which they began.
 */
export interface OpenHours {
  days: readonly number[];
  opensAt: number;
  closesAt: number;
}

/** Whole days, `2026-08-03`, both included. */
export interface Days {
  from: string;
  to: string;
}

/** What holds for one person. */
export interface Calendar {
  /** The clock on which the rest is read. */
  timeZone: string;
  /** Null: at any hour of any day that is no leave. */
  hours: OpenHours | null;
  holidays: ReadonlySet<string>;
  leave: readonly Days[];
}

/** More days in a row than anybody is closed without being on leave. */
const MOST_STEPS = 3_000;

/** Whether it is open at this instant: the wall clock shows a working day, within the hours. */
export function isOpen(calendar: Calendar, at: Date): boolean {
  return closedUntil(calendar, wallClock(calendar.timeZone)(at.getTime())) === null;
}

/** The first instant, from this one on, at which it is open. */
export function nextOpening(calendar: Calendar, at: Date): Date {
  const read = wallClock(calendar.timeZone);
  let now = at.getTime();
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const clock = read(now);
    const until = closedUntil(calendar, clock);
    if (until === null) break;
    now = arrive(read, now, now + (until - clock.local));
  }
  return new Date(now);
}

type Read = ReturnType<typeof wallClock>;
type Clock = ReturnType<Read>;

/** What the clock must show at least before it can be open, as a local time; null where it is open. */
function closedUntil(calendar: Calendar, clock: Clock): number | null {
  const { hours, holidays } = calendar;
  const away = leaveOn(calendar, clock.day);
  if (away) return midnightAfter(away.to);
  if (!hours) return null;
  if (holidays.has(clock.day)) return midnightAfter(clock.day);
  const overnight = hours.closesAt < hours.opensAt;
  if (overnight && clock.minute < hours.closesAt && nightBeganBefore(calendar, hours, clock)) return null;
  if (!hours.days.includes(clock.weekday)) return midnightAfter(clock.day);
  if (clock.minute < hours.opensAt) return Date.parse(clock.day) + hours.opensAt * 60_000;
  return overnight || clock.minute < hours.closesAt ? null : midnightAfter(clock.day);
}

/** Whether the night before this day was worked. What closes either of its two days closes it. */
function nightBeganBefore(calendar: Calendar, hours: OpenHours, { day, weekday }: Clock): boolean {
  const before = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
  const worked = hours.days.includes(weekday === 1 ? 7 : weekday - 1);
  return worked && !calendar.holidays.has(before) && !leaveOn(calendar, before);
}

function leaveOn({ leave }: Calendar, day: string): Days | undefined {
  return leave.find(({ from, to }) => from <= day && day <= to);
}

function midnightAfter(day: string): number {
  return Date.parse(day) + 86_400_000;
}

/** `then`, or the first clock change on the way to it: what the wall shows is no longer what was counted on. */
function arrive(read: Read, now: number, then: number): number {
  const shift = offset(read, now);
  if (offset(read, then) === shift) return then;
  let [before, after] = [now, then];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offset(read, middle) === shift) before = middle;
    else after = middle;
  }
  return after;
}

function offset(read: Read, at: number): number {
  return read(at).local - at;
}
