import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { readOrganisation, type Organisation } from './calendar.ts';
import { isOpen, nextOpening, type Days } from './hours.ts';
import { checkDay, checkHours, lengthOf, typedHours, type TypedHours } from './input.ts';
import { calendarsOf } from './rings.ts';

/** When the actor may be rung: nobody else is shown it. */
export interface OwnHours {
  /** His own; null while he keeps the organisation's. */
  hours: TypedHours | null;
  /** The clock on which they are read. */
  timeZone: string;
  organisation: Organisation;
  /** Days away, that are not over yet. */
  leave: (Days & { id: string })[];
  /** Whether he may be rung now, and from when on he may. */
  open: boolean;
  opensAt: string;
}

const MOST_LEAVES = 40;
const LONGEST_LEAVE_DAYS = 731;
const DAY = 86_400_000;

/** The actor's own hours and leave, beside the organisation's. */
export async function ownHours(db: Db, actor: Actor, now = new Date()): Promise<OwnHours> {
  const [organisation, calendars, own, leave] = await Promise.all([
    readOrganisation(db),
    calendarsOf(db, [actor.id], now),
    readHours(db, actor),
    readLeave(db, actor, now),
  ]);
  const calendar = calendars.get(actor.id)?.calendar;
  if (!calendar) throw notFound();
  return {
    hours: own,
    organisation,
    leave,
    timeZone: calendar.timeZone,
    open: isOpen(calendar, now),
    opensAt: nextOpening(calendar, now).toISOString(),
  };
}

async function readHours(db: Db, actor: Actor): Promise<TypedHours | null> {
  const own = await db
    .selectFrom('quiet_hours')
    .select(['days', 'opens_at as opensAt', 'closes_at as closesAt'])
    .where('person_id', '=', actor.id)
    .executeTakeFirst();
  return own ? typedHours(own) : null;
}

async function readLeave(db: Db, actor: Actor, now: Date) {
  return db
    .selectFrom('quiet_leave')
    .select(['id', 'from_day as from', 'to_day as to'])
    .where('person_id', '=', actor.id)
    .where('to_day', '>=', sql<string>`${now}::date - 1`)
    .orderBy('from_day')
    .orderBy('id')
    .limit(MOST_LEAVES)
    .execute();
}

/** Gives the actor hours of his own: as long as the organisation's at most, whenever in the day, night or week. */
export async function keepOwnHours(tx: Tx, actor: Actor, input: TypedHours): Promise<void> {
  const hours = checkHours(input, { overnight: true });
  const { active, ...typed } = await readOrganisation(tx);
  const shared = checkHours(typed);
  if (active && lengthOf(hours) > lengthOf(shared)) throw invalid('closesAt', 'hours_longer');
  if (active && hours.days.length > shared.days.length) throw invalid('days', 'hours_more_days');
  await sql`insert into quiet_hours (person_id, days, opens_at, closes_at)
    values (${actor.id}, ${hours.days}, ${hours.opensAt}, ${hours.closesAt})
    on conflict (person_id) do update set days = excluded.days, opens_at = excluded.opens_at,
      closes_at = excluded.closes_at`.execute(tx);
  await record(tx, actor);
}

/** Back to the hours of the organisation. */
export async function dropOwnHours(tx: Tx, actor: Actor): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom('quiet_hours')
    .where('person_id', '=', actor.id)
    .executeTakeFirst();
  if (numDeletedRows) await record(tx, actor);
}

/** The actor is away, from one day to another, both included. */
export async function takeLeave(tx: Tx, actor: Actor, input: Days): Promise<{ id: string }> {
  const from = checkDay('from', input.from);
  const to = checkDay('to', input.to.trim() || from);
  if (to < from) throw invalid('to', 'leave_end_first');
  const last = Date.parse(to);
  if (last < Date.now() - 2 * DAY) throw invalid('to', 'leave_over');
  if (last > Math.max(Date.parse(from), Date.now()) + LONGEST_LEAVE_DAYS * DAY)
    throw invalid('to', 'leave_too_long');
  // His account is held, so that two such forms do not count past each other.
  await sql`select 1 from people where id = ${actor.id} for no key update`.execute(tx);
  if ((await readLeave(tx, actor, new Date())).length >= MOST_LEAVES)
    throw new Refusal('conflict', 'leave_enough');
  const { id } = await tx
    .insertInto('quiet_leave')
    .values({ person_id: actor.id, from_day: from, to_day: to })
    .returning('id')
    .executeTakeFirstOrThrow();
  await record(tx, actor);
  return { id };
}

/** The actor is not away after all. */
export async function giveUpLeave(tx: Tx, actor: Actor, id: string): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom('quiet_leave')
    .where('id', '=', isId(id) ? id : null)
    .where('person_id', '=', actor.id)
    .executeTakeFirst();
  if (!numDeletedRows) throw notFound();
  await record(tx, actor);
}

/** That something changed, and not what: it is nobody else's business. */
function record(tx: Tx, actor: Actor): Promise<void> {
  return recordEvent(tx, { name: 'person.hours_changed', actorId: actor.id, subjectId: actor.id });
}
