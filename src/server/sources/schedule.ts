import { createHash } from 'node:crypto';

const HOUR = 3_600_000;
const JITTER_SECONDS = 300;
const DAY = 24 * HOUR;
const MOST_FAILURE_HOURS = 24 * 7;

/** How a source has behaved: what decides how often it is asked. */
export interface Behaviour {
  /** When its newest item came out. */
  newestAt?: Date | null;
  failures?: number;
  /** When its server wants to be asked again. */
  retryAfter?: Date | undefined;
}

/**
 * When to ask a source next. Each has its own minute of the hour, drawn from its address and shifted a little every hour,
 * so that no two are asked together for ever. Nothing of it depends on who follows, or since when: whoever begins to
 * follow is served as if he were the first.
 */
export function nextTurn(
  feedUrl: string,
  after: Date,
  { newestAt, failures, retryAfter }: Behaviour = {},
): Date {
  const waits = failures ? Math.min(2 ** failures, MOST_FAILURE_HOURS) * HOUR : 0;
  const asked = Math.min(retryAfter?.getTime() ?? 0, after.getTime() + MOST_FAILURE_HOURS * HOUR);
  const from = Math.max(after.getTime() + waits, asked);
  const every = failures ? 1 : hoursBetween(newestAt, after);
  const own = numberOf(feedUrl);
  for (let hour = Math.floor(from / HOUR) - 1; ; hour += 1) {
    if ((hour + own) % every !== 0) continue;
    const seconds = (own % 3600) + (numberOf(`${feedUrl} ${hour}`) % JITTER_SECONDS);
    const turn = hour * HOUR + seconds * 1000;
    if (turn > from) return new Date(turn);
  }
}

/** The quiet are asked less often. */
function hoursBetween(newestAt: Date | null | undefined, now: Date): number {
  if (!newestAt) return 1;
  const age = now.getTime() - newestAt.getTime();
  if (age < 14 * DAY) return 1;
  return age < 90 * DAY ? 3 : 8;
}

function numberOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}
