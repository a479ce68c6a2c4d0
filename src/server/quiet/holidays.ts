/** Public holidays by country and region. The library brings those of the whole world: it is loaded when it is asked. */
import type Holidays from 'date-holidays';

export interface HolidayPlace {
  /** ISO 3166: `FR`. */
  country: string;
  region: string | null;
}

export interface NamedHoliday {
  day: string;
  /** What makes it come back every year. */
  rule: string;
  fr: string;
  en: string;
}

export interface Choice {
  value: string;
  label: string;
}

const DAY = 86_400_000;

async function library(place?: HolidayPlace): Promise<Holidays> {
  const { default: Library } = await import('date-holidays');
  return place
    ? new Library({ country: place.country, state: place.region ?? undefined }, { types: ['public'] })
    : new Library();
}

/** The days on which that place is closed by law, in these years. */
export async function holidaysIn(place: HolidayPlace, years: number[]): Promise<NamedHoliday[]> {
  const known = await library(place);
  return years.flatMap((year) => {
    const english = new Map(known.getHolidays(year, 'en').map(({ date, rule, name }) => [date + rule, name]));
    return known.getHolidays(year, 'fr').flatMap(({ date, rule, name, start, end }) =>
      daysOf(date, end.getTime() - start.getTime()).map((day) => ({
        day,
        rule,
        fr: name,
        en: english.get(date + rule) ?? name,
      })),
    );
  });
}

/** The whole days of a holiday: one that begins in the evening is that of the next day, half a day is none. */
function daysOf(date: string, lasts: number): string[] {
  const [day = '', time = ''] = date.split(' ');
  const first = Date.parse(day) + (time.startsWith('00:00') ? 0 : DAY);
  return Array.from({ length: Math.round(lasts / DAY - 0.25) }, (_, index) =>
    new Date(first + index * DAY).toISOString().slice(0, 10),
  );
}

/** The countries to choose from, by name. */
export async function countries(language: 'fr' | 'en'): Promise<Choice[]> {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' });
  const known = Object.entries((await library()).getCountries(language));
  return known
    .map(([value, label]) => ({
      value,
      label: /^[A-Z]{2}$/.test(value) ? (names.of(value) ?? label) : label,
    }))
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

/** The regions of a country that have holidays of their own. */
export async function regionsOf(country: string, language: 'fr' | 'en'): Promise<Choice[]> {
  const known = (await library()).getStates(country, language) ?? {};
  return Object.entries(known).map(([value, label]) => ({ value, label: label as string }));
}

/** Whether the library knows the place. */
export async function isPlace({ country, region }: HolidayPlace): Promise<boolean> {
  const known = await library();
  return (
    Object.hasOwn(known.getCountries(), country) &&
    (region === null || Object.hasOwn(known.getStates(country) ?? {}, region))
  );
}
