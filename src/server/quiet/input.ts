import { invalid } from '../errors.ts';
import type { OpenHours } from './hours.ts';

/** Hours as people type them: `08:30`; midnight at the end of the day is `00:00`. */
export interface TypedHours {
  /** 1 is Monday. */
  days: number[];
  opensAt: string;
  closesAt: string;
}

const MIDNIGHT = 1440;

/**
 * Checks hours that somebody typed: at least one day, and a beginning before the end, or else, for whoever may work
 * `overnight`, an end on the morning after.
 */
export function checkHours(typed: TypedHours, { overnight = false } = {}): OpenHours {
  const days = [...new Set(typed.days)].sort();
  if (days.length === 0) throw invalid('days', 'hours_no_day');
  if (days.some((day) => !Number.isInteger(day) || day < 1 || day > 7))
    throw invalid('days', 'hours_bad_day');
  const opensAt = minutesOf('opensAt', typed.opensAt);
  const closesAt = minutesOf('closesAt', typed.closesAt) || MIDNIGHT;
  if (closesAt === opensAt) throw invalid('closesAt', 'hours_same');
  if (closesAt < opensAt && !overnight) throw invalid('closesAt', 'hours_end_first');
  return { days, opensAt, closesAt };
}

/** How many minutes of a day they last. */
export function lengthOf({ opensAt, closesAt }: OpenHours): number {
  return closesAt > opensAt ? closesAt - opensAt : closesAt + MIDNIGHT - opensAt;
}

/** Hours as they are typed and shown. */
export function typedHours({ days, opensAt, closesAt }: OpenHours): TypedHours {
  return { days: [...days], opensAt: clockOf(opensAt), closesAt: clockOf(closesAt) };
}

function minutesOf(field: string, text: string): number {
  const [, hour, minute] = /^([01]?\d|2[0-4])[:h]([0-5]\d)$/.exec(text.trim()) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  if (!(minutes <= MIDNIGHT)) throw invalid(field, 'hours_bad_time');
  return minutes;
}

function clockOf(minutes: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
}

/** A day of the calendar, `2026-08-03`. */
export function checkDay(field: string, text: string): string {
  const day = text.trim();
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? new Date(day) : new Date(NaN);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day) throw invalid(field, 'bad_day');
  return day;
}
