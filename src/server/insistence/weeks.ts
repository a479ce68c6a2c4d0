import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { requireAdmin } from '../people/rank.ts';
import type { Db } from '../platform/db.ts';
import { readOrganisation } from '../quiet/calendar.ts';
import { clockShifts } from '../quiet/wall-clock.ts';

/** What was written in a week, and how much of it out of its authors' hours. */
export interface Week {
  /** Its Monday. */
  week: string;
  /** Null where fewer than ten people wrote: a total would speak of somebody. */
  totals: { written: number; outside: number; insistences: number } | null;
}

const WEEKS = 12;
const FEWEST_PEOPLE = 10;
const WEEK = 7 * 86_400_000;

interface Row {
  week: string;
  people: number;
  written: number;
  outside: number;
  insistences: number;
}

/**
 * Twelve whole weeks, the latest last, for those who run the network. Only what everybody may read is counted: a closed
 * community moves no number that somebody outside it sees.
 */
export async function weeksOutside(
  db: Db,
  actor: Actor,
  now = new Date(),
): Promise<{ items: Week[]; next: null }> {
  requireAdmin(actor);
  const { timeZone } = await readOrganisation(db);
  const since = new Date(now.getTime() - (WEEKS + 2) * WEEK);
  const zones = await db
    .selectFrom('people')
    .select('time_zone')
    .distinct()
    .where('status', '=', 'active')
    .execute();
  const names = [...new Set([timeZone, ...zones.map((row) => row.time_zone)])];
  const shifts = names.flatMap((zone) => clockShifts(zone, since, now).map((shift) => ({ zone, ...shift })));
  const { rows } = await sql<Row>`with shift as (
      select * from jsonb_to_recordset(${JSON.stringify(shifts)}::jsonb)
        as shift (zone text, begins timestamptz, ends timestamptz, seconds float8)),
    living as (select id, entries.author_id, published_at, origin_key
      from entry_activity a join entries on entries.id = a.entry_id
      where a.listed and a.everyone and a.last_at >= ${since}),
    said as (select author_id, published_at as at from living where origin_key is null and published_at >= ${since}
      union all
      select comments.author_id, comments.created_at from comments join living on living.id = comments.entry_id
      where comments.listed and comments.origin_key is null and comments.created_at >= ${since}),
    clocked as (select said.author_id, said.at, (said.at at time zone 'UTC') + make_interval(secs => shift.seconds) as clock,
        coalesce(own.days, shared.days) as days, coalesce(own.opens_at, shared.opens_at) as opens_at,
        coalesce(own.closes_at, shared.closes_at) as closes_at, shared.active, own.person_id is not null as own
      from said join people on people.id = said.author_id cross join quiet_calendar shared
        left join quiet_hours own on own.person_id = people.id
        join shift on shift.zone = case when shared.own_clock or own.person_id is not null then people.time_zone
          else shared.time_zone end and said.at >= shift.begins and said.at < shift.ends),
    -- After midnight, hours that cross it belong to the day on which they began.
    begun as (select clocked.*, minute, clock::date - (closes_at < opens_at and minute < closes_at)::int as night
      from clocked cross join lateral (select extract(hour from clock) * 60 + extract(minute from clock) as minute) read),
    told as (select author_id, at, (exists (select 1 from quiet_leave where person_id = author_id
            and (clock::date between from_day and to_day or night between from_day and to_day))
          or ((active or own) and not (extract(isodow from night) = any(days)
            and case when opens_at < closes_at then minute >= opens_at and minute < closes_at
              else minute >= opens_at or minute < closes_at end))
          or (active and exists (select 1 from quiet_holidays where day in (clock::date, night) and not worked))) as outside,
        0 as insisted from begun
      union all
      select null, insisted.created_at, false, 1 from quiet_insistences insisted
        join entries on entries.id = insisted.entry_id and listed and everyone where insisted.created_at >= ${since})
    select to_char(date_trunc('week', (told.at at time zone 'UTC') + make_interval(secs => here.seconds)), 'YYYY-MM-DD') as week,
      count(distinct author_id)::int as people, count(author_id)::int as written,
      (count(*) filter (where outside))::int as outside, sum(insisted)::int as insistences
    from told join shift here on here.zone = ${timeZone} and told.at >= here.begins and told.at < here.ends
    group by 1`.execute(db);
  const found = new Map(rows.map((row) => [row.week, row]));
  return { items: wholeWeeks(now).map((week) => ({ week, totals: totalsOf(found.get(week)) })), next: null };
}

function totalsOf(row: Row | undefined): Week['totals'] {
  if (!row || row.people < FEWEST_PEOPLE) return null;
  return { written: row.written, outside: row.outside, insistences: row.insistences };
}

/** The Mondays of the weeks that are over. */
function wholeWeeks(now: Date): string[] {
  const monday = now.getTime() - ((now.getUTCDay() + 6) % 7) * 86_400_000;
  return Array.from({ length: WEEKS }, (_, index) =>
    new Date(monday - (WEEKS - index) * WEEK).toISOString().slice(0, 10),
  );
}
