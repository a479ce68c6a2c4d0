import { sql } from 'kysely';
import type { Db } from '../platform/db.ts';
import { nextOpening, type Calendar, type Days, type OpenHours } from './hours.ts';

/**
 * When each of these people may be rung (pushed, mailed) about something that happens at `now`: `now` itself within his
 * hours, else the moment at which they begin again. One query for any number of them. Who is not a person is not in
 * the answer.
 */
export async function ringsAt(db: Db, personIds: readonly string[], now: Date): Promise<Map<string, Date>> {
  const calendars = await calendarsOf(db, personIds, now);
  // Colleagues mostly keep the same hours: each different calendar is read once.
  const known = new Map<string, Date>();
  return new Map(
    [...calendars].map(([personId, { key, calendar }]) => {
      const at = known.get(key) ?? nextOpening(calendar, now);
      known.set(key, at);
      return [personId, at];
    }),
  );
}

interface Found {
  organisation: OpenHours & { active: boolean; ownClock: boolean; timeZone: string };
  holidays: string[];
  people: { id: string; timeZone: string; hours: OpenHours | null; leave: Days[] }[];
}

/** What holds for each of these people from `now` on; those who keep the same hours have the same `key`. */
export async function calendarsOf(
  db: Db,
  personIds: readonly string[],
  now: Date,
): Promise<Map<string, { key: string; calendar: Calendar }>> {
  if (personIds.length === 0) return new Map();
  const { organisation, holidays, people } = await read(db, personIds, now);
  const closed = new Set(organisation.active ? holidays : []);
  const shared = organisation.active ? organisation : null;
  const calendars = people.map(({ id, timeZone, hours, leave }) => {
    const zone = organisation.ownClock || hours ? timeZone : organisation.timeZone;
    const calendar: Calendar = { timeZone: zone, hours: hours ?? shared, holidays: closed, leave };
    return [id, { key: JSON.stringify([zone, hours, leave]), calendar }] as const;
  });
  return new Map(calendars);
}

/**
 * Two days before, for those whose date is still yesterday's, and who are in the night of the day before; two years
 * after, for the longest leave.
 */
async function read(db: Db, personIds: readonly string[], now: Date): Promise<Found> {
  const { rows } = await sql<Found>`select
      (select json_build_object('active', active, 'ownClock', own_clock, 'timeZone', time_zone,
        'days', days, 'opensAt', opens_at, 'closesAt', closes_at) from quiet_calendar) as organisation,
      (select coalesce(json_agg(distinct day), '[]') from quiet_holidays where not worked
        and day between ${now}::date - 2 and ${now}::date + 800) as holidays,
      (select coalesce(json_agg(json_build_object('id', people.id, 'timeZone', people.time_zone,
          'hours', case when own.person_id is not null then json_build_object('days', own.days,
            'opensAt', own.opens_at, 'closesAt', own.closes_at) end,
          'leave', (select coalesce(json_agg(json_build_object('from', from_day, 'to', to_day)), '[]')
            from quiet_leave where quiet_leave.person_id = people.id and to_day >= ${now}::date - 2))), '[]')
        from people left join quiet_hours own on own.person_id = people.id
        where people.id = any(${personIds}::uuid[])) as people`.execute(db);
  const found = rows[0];
  if (!found) throw new Error('the calendar is not there');
  return found;
}
