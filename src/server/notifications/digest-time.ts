import { wallClock } from '../quiet/wall-clock.ts';

/** Every working day, once a week, or not at all. */
export type DigestRhythm = 'none' | 'day' | 'week';

/** When a digest comes, on the clock of its reader. */
export interface DigestTime {
  digest: DigestRhythm;
  hour: number;
  /** 1 is Monday. Of a weekly digest only. */
  weekday: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FRIDAY = 5;

/**
 * The first moment after `after` at which the digest comes; null where none does. Where the clock skips that hour it
 * comes as much later; where the hour comes twice, the first time.
 */
export function nextDigest(time: DigestTime, timeZone: string, after: Date): Date | null {
  if (time.digest === 'none') return null;
  const clock = wallClock(timeZone);
  const today = Date.parse(clock(after.getTime()).day);
  for (let day = today; day <= today + 8 * DAY; day += DAY) {
    const weekday = new Date(day).getUTCDay() || 7;
    if (time.digest === 'week' ? weekday !== time.weekday : weekday > FRIDAY) continue;
    const moment = firstShowing(clock, day + time.hour * HOUR);
    if (moment > after.getTime()) return new Date(moment);
  }
  throw new Error('a week without such a day');
}

/** The first instant at which the clock shows `wall`, which is counted as if it were UTC. */
function firstShowing(clock: ReturnType<typeof wallClock>, wall: number): number {
  const offset = (at: number) => clock(at).local - at;
  const [before, later] = [wall - offset(wall - DAY), wall - offset(wall + DAY)];
  const shows = (at: number) => clock(at).local === wall;
  return !shows(before) && shows(later) ? later : before;
}
