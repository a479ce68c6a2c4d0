/** Every working day, once a week, or not at all. */
export type DigestRhythm = 'none' | 'day' | 'week';

/** When a digest comes, on the clock of its reader. */
export interface DigestTime {
  digest: DigestRhythm;
  hour: number;
  /** 1 is Monday. Of a weekly digest only. */
  weekday: number;
}

const DAY = 86_400_000;
const FRIDAY = 5;

/**
 * The first moment after `after` at which the digest comes; null where none does. Where the clock skips that hour it
 * comes as much later; where the hour comes twice, the first time.
 */
export function nextDigest(time: DigestTime, timeZone: string, after: Date): Date | null {
  if (time.digest === 'none') return null;
  const clock = clockOf(timeZone);
  const today = Math.floor((after.getTime() + clock.offset(after.getTime())) / DAY) * DAY;
  for (let day = today; day <= today + 8 * DAY; day += DAY) {
    const weekday = ((new Date(day).getUTCDay() + 6) % 7) + 1;
    if (time.digest === 'week' ? weekday !== time.weekday : weekday > FRIDAY) continue;
    const moment = clock.momentOf(day + time.hour * 3_600_000);
    if (moment > after.getTime()) return new Date(moment);
  }
  throw new Error('a week without a day');
}

interface Clock {
  /** How far the wall clock is ahead of UTC at this instant, in milliseconds. */
  offset(at: number): number;
  /** The first instant at which the wall clock shows this, given as if it were UTC. */
  momentOf(wall: number): number;
}

// One per time zone: making an Intl format costs a thousand times more than using it.
const clocks = new Map<string, Clock>();

function clockOf(timeZone: string): Clock {
  let found = clocks.get(timeZone);
  if (!found) clocks.set(timeZone, (found = makeClock(timeZone)));
  return found;
}

function makeClock(timeZone: string): Clock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: isTimeZone(timeZone) ? timeZone : 'Europe/Paris',
    ...{
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    },
    hourCycle: 'h23',
  });
  const offset = (at: number) => {
    const parts = Object.fromEntries(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
  };
  return {
    offset,
    momentOf(wall) {
      const before = wall - offset(wall - DAY);
      const later = wall - offset(wall + DAY);
      const shows = (at: number) => at + offset(at) === wall;
      return shows(before) ? before : shows(later) ? later : before;
    },
  };
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
