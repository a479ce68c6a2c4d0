import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { invalid } from '../errors.ts';
import { requireAdmin } from '../people/rank.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { holidaysIn, isPlace, type HolidayPlace } from './holidays.ts';
import { checkHours, typedHours, type TypedHours } from './input.ts';
import { isTimeZone } from './wall-clock.ts';

/** The hours that everybody keeps who has set none of his own. */
export interface Organisation extends TypedHours {
  /** False: people are rung at any hour, unless they set hours of their own. */
  active: boolean;
  timeZone: string;
  /** True: everybody reads the hours on the clock where he lives; false: on that of `timeZone`. */
  ownClock: boolean;
  /** Whose public holidays are kept; null: none. */
  holidays: HolidayPlace | null;
}

/** A public holiday to come. `rule` is the same every year. */
export interface Holiday {
  day: string;
  rule: string;
  name: string;
  worked: boolean;
}

/** The organisation's calendar, which everybody may know. */
export async function readOrganisation(db: Db): Promise<Organisation> {
  const row = await db
    .selectFrom('quiet_calendar')
    .select(['active', 'time_zone as timeZone', 'own_clock as ownClock', 'days'])
    .select(['opens_at as opensAt', 'closes_at as closesAt', 'holiday_country', 'holiday_region'])
    .executeTakeFirstOrThrow();
  const { active, timeZone, ownClock, holiday_country: country, holiday_region: region } = row;
  const holidays = country === null ? null : { country, region };
  return { active, timeZone, ownClock, holidays, ...typedHours(row) };
}

/** The public holidays of the twelve months from `now` on. */
export async function comingHolidays(db: Db, actor: Actor, now = new Date()): Promise<Holiday[]> {
  const { rows } = await sql<Holiday>`select day, rule, worked,
      case when ${actor.language} = 'en' then name_en else name_fr end as name
    from quiet_holidays where day >= ${now}::date and day < ${now}::date + interval '1 year' order by day, rule`.execute(
    db,
  );
  return rows;
}

export interface CalendarChange extends Partial<Omit<Organisation, 'holidays'>> {
  holidays?: { country: string; region?: string | null } | null;
  /** Rules of the holidays on which the organisation works all the same: exactly these. */
  worked?: string[];
}

/** Changes the organisation's calendar; what is not given stays. */
export async function editCalendar(tx: Tx, actor: Actor, input: CalendarChange): Promise<void> {
  requireAdmin(actor);
  await sql`select 1 from quiet_calendar for update`.execute(tx);
  const before = await readOrganisation(tx);
  const hours = checkHours({ ...before, ...definedOf(input) });
  const timeZone = input.timeZone ?? before.timeZone;
  if (!isTimeZone(timeZone)) throw invalid('timeZone', 'bad_time_zone');
  await sql`update quiet_calendar set active = ${input.active ?? before.active}, time_zone = ${timeZone},
    own_clock = ${input.ownClock ?? before.ownClock}, days = ${hours.days}, opens_at = ${hours.opensAt},
    closes_at = ${hours.closesAt}`.execute(tx);
  if (input.holidays !== undefined) await observe(tx, placeOf(input.holidays), before.holidays);
  if (input.worked) {
    await sql`update quiet_holidays set worked = rule = any(${input.worked}::text[])`.execute(tx);
  }
  await recordEvent(tx, { name: 'network.hours_changed', actorId: actor.id, subjectId: actor.id });
}

function definedOf(input: CalendarChange): Partial<TypedHours> {
  const { days, opensAt, closesAt } = input;
  return {
    ...(days && { days }),
    ...(opensAt !== undefined && { opensAt }),
    ...(closesAt !== undefined && { closesAt }),
  };
}

function placeOf(typed: NonNullable<CalendarChange['holidays']> | null): HolidayPlace | null {
  return typed?.country ? { country: typed.country, region: typed.region || null } : null;
}

/** A region belongs to its country: with another country, it is chosen afterwards. */
async function observe(tx: Tx, wanted: HolidayPlace | null, before: HolidayPlace | null): Promise<void> {
  const place = wanted && wanted.country !== before?.country ? { ...wanted, region: null } : wanted;
  if (place && !(await isPlace(place))) throw invalid('country', 'bad_holiday_place');
  if (place?.country === before?.country && place?.region === before?.region) return;
  await sql`update quiet_calendar set holiday_country = ${place?.country ?? null},
    holiday_region = ${place?.region ?? null}`.execute(tx);
  await sql`delete from quiet_holidays where day >= current_date - 1`.execute(tx);
  await writeHolidays(tx, place);
}

/** How many years are known ahead: longer than any leave. */
const YEARS_AHEAD = 4;

/** Makes sure that the holidays of the years to come are known. What is worked stays worked. */
export async function keepHolidays(tx: Tx): Promise<void> {
  await writeHolidays(tx, (await readOrganisation(tx)).holidays);
}

async function writeHolidays(tx: Tx, place: HolidayPlace | null): Promise<void> {
  if (!place) return;
  const year = new Date().getUTCFullYear();
  const years = Array.from({ length: YEARS_AHEAD + 1 }, (_, index) => year + index);
  const holidays = JSON.stringify(await holidaysIn(place, years));
  await sql`insert into quiet_holidays (day, rule, name_fr, name_en, worked)
    select day, rule, fr, en, coalesce((select bool_or(worked) from quiet_holidays known where known.rule = new.rule), false)
    from jsonb_to_recordset(${holidays}::jsonb) as new (day date, rule text, fr text, en text)
    on conflict do nothing`.execute(tx);
}
