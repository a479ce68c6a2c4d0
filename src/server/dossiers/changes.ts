import type { Actor } from '../actor.ts';
import { invalid } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { contradictionsAmong } from './contradict.ts';
import type { ChangesView } from './present.ts';
import { opened, type Opened } from './read.ts';
import { thingViews } from './things.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const MOST_THINGS = 50;

/**
 * What changed in a dossier in the seven days up to and with `until` (YYYY-MM-DD, today where absent): things found for
 * the first time, watches that came in, contradictions with a new side. What another found again is no news.
 * @param where.besides things that this person alone found are left out
 */
export async function dossierChanges(
  db: Db,
  actor: Actor,
  dossier: string | Opened,
  where: { until?: string | null | undefined; now?: Date; besides?: string } = {},
): Promise<ChangesView> {
  const { until, now = new Date(), besides } = where;
  const to = readDay(until, now) + DAY;
  const from = to - WEEK;
  const within = (at: string | number) => {
    const instant = typeof at === 'number' ? at : Date.parse(at);
    return instant >= from && instant < to;
  };
  const whole = await opened(db, actor, dossier);
  const fresh = whole.things
    .filter(({ finds }) => within(finds[0]?.foundAt ?? 0))
    .filter(({ finds }) => finds.some(({ finderId }) => finderId !== besides))
    .sort((a, b) => (b.finds[0]?.foundAt ?? 0) - (a.finds[0]?.foundAt ?? 0));
  const contradictions = await contradictionsAmong(db, actor, whole);
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    things: await thingViews(db, actor, fresh.slice(0, MOST_THINGS)),
    more: fresh.length > MOST_THINGS,
    watches: whole.summary.watches.filter(({ at }) => within(at)),
    contradictions: contradictions.filter(({ statements }) => statements.some(({ at }) => within(at))),
  };
}

function readDay(until: string | null | undefined, now: Date): number {
  const day = until || now.toISOString().slice(0, 10);
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  // A day that no calendar has is another one, or none.
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== day)
    throw invalid('until', 'bad_day');
  return instant;
}
