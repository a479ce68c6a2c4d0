import { invalid } from '../errors.ts';

const FARTHEST_DAYS = 400;
const DAY = 86_400_000;

/**
 * When a draft is to come out by itself: undefined where nothing is said, null where that is taken back. Refuses the
 * past, what is more than a year away, and a post that is to be out at once.
 */
export function readPublishAt(input: {
  publishAt?: unknown;
  status?: 'draft' | 'published';
}): Date | null | undefined {
  const { publishAt, status } = input;
  if (publishAt === undefined || publishAt === null) return publishAt;
  const at = typeof publishAt === 'string' ? new Date(publishAt) : new Date(NaN);
  const ahead = at.getTime() - Date.now();
  if (Number.isNaN(ahead)) throw invalid('publishAt', 'not_a_moment');
  if (status === 'published') throw invalid('publishAt', 'now_or_later');
  if (ahead < 0) throw invalid('publishAt', 'moment_past');
  if (ahead > FARTHEST_DAYS * DAY) throw invalid('publishAt', 'moment_too_far');
  return at;
}

/**
 * `2026-03-12T08:30`, as a clock in `timeZone` shows it, as an instant. What the clock skips in spring counts from
 * before the change; what it shows twice in autumn is the first of the two.
 */
export function instantOf(local: string, timeZone: string): string {
  const wanted = Date.parse(`${local.slice(0, 16)}Z`);
  if (Number.isNaN(wanted)) throw invalid('publishAt', 'not_a_moment');
  const offsets = [wanted - DAY, wanted + DAY].map((at) => clockAt(at, timeZone) - at);
  const fitting = offsets.find((offset) => clockAt(wanted - offset, timeZone) === wanted);
  return new Date(wanted - (fitting ?? offsets[0]!)).toISOString();
}

/** An instant as a clock in `timeZone` shows it: `2026-03-12T08:30`. */
export function localTime(iso: string, timeZone: string): string {
  return new Date(clockAt(Date.parse(iso), timeZone)).toISOString().slice(0, 16);
}

/** What the clock shows, as if it were UTC, to the minute. */
function clockAt(instant: number, timeZone: string): number {
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(instant);
  return Date.parse(`${shown.replace(' ', 'T')}Z`);
}
