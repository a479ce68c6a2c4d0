/** Days of the week, times of day and days of the calendar in words: what is the same in every time zone. */
import { formats } from './moments.ts';
import type { Language } from './voice.ts';

const LOCALE = { fr: 'fr-FR', en: 'en-GB' };
const DAY = 86_400_000;
const A_MONDAY = Date.UTC(2024, 0, 1);

/** `lundi` for 1. */
export function weekday(language: Language, day: number): string {
  const format = new Intl.DateTimeFormat(LOCALE[language], { weekday: 'long', timeZone: 'UTC' });
  return format.format(A_MONDAY + (day - 1) * DAY);
}

/** `mardi et jeudi` */
export function weekdays(language: Language, days: readonly number[]): string {
  return new Intl.ListFormat(LOCALE[language]).format(days.map((day) => weekday(language, day)));
}

/** `8 h 30` for `08:30` */
export function timeOfDay(language: Language, clock: string): string {
  return language === 'fr' ? clock.replace(/^0/, '').replace(':', '\u202fh\u202f') : clock;
}

/** `lundi 3 août`, with the year where it is not that of `now`. */
export function calendarDay(language: Language, day: string, now: Date): string {
  const year = day.slice(0, 4) === now.toISOString().slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  const format = new Intl.DateTimeFormat(LOCALE[language], {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...year,
  });
  const written = format.format(Date.parse(day));
  return language === 'fr' ? written.replace(/(?<!\d)1 (?=\p{L})/u, '1er ') : written.replace(',', '');
}

/** When something is to come: `aujourd’hui à 8 h 30`, `demain à 8 h 30`, `lundi à 8 h 30`, else the full date. */
export function comingMoment(language: Language, timeZone: string, iso: string, now: Date): string {
  const own = formats(language, timeZone);
  const full = own.full(iso);
  const days = (Date.parse(localDay(timeZone, iso)) - Date.parse(localDay(timeZone, now))) / DAY;
  const year = localDay(timeZone, now).slice(0, 4);
  if (days < 0 || days > 6) return full.replace(` ${year}${JOINED[language]}`, JOINED[language]);
  const name = days > 1 ? full.split(/[ ,]/)[0] : WORDS[language][days];
  return `${language === 'en' && days > 1 ? 'on ' : ''}${name}${full.slice(full.lastIndexOf(JOINED[language]))}`;
}

const WORDS = { fr: ['aujourd’hui', 'demain'], en: ['today', 'tomorrow'] };
const JOINED = { fr: ' à ', en: ' at ' };

function localDay(timeZone: string, at: string | Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(at));
}

/** `3 août`, short where room is scarce: `3 sept.` */
export function calendarDate(language: Language, day: string): string {
  const format = new Intl.DateTimeFormat(LOCALE[language], {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
  });
  return format.format(Date.parse(day));
}
