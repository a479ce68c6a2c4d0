import type { Language } from './voice.ts';

/** How one person reads times and numbers: his language and his time zone. */
export interface Formats {
  number(value: number): string;
  /** `12 mars`, with the year where it is not that of `now`. */
  day(iso: string, now: Date): string;
  /** `12 mars à 14 h 05`, `aujourd’hui à 14 h 05`, `hier à 14 h 05`. */
  moment(iso: string, now: Date): string;
  /** `jeudi 12 mars 2026 à 14 h 05`, for those who point at a time. */
  full(iso: string): string;
}

const LOCALE = { fr: 'fr-FR', en: 'en-GB' };
const JOINED = { fr: ' à ', en: ' at ' };
const TODAY = { fr: 'aujourd’hui', en: 'today' };
const YESTERDAY = { fr: 'hier', en: 'yesterday' };
const DAY = 86_400_000;
const FIRST_OF_MONTH = /(?<!\d)1 (?=\p{L})/u;

// One per language and time zone: making an Intl format costs a thousand times more than using it.
const made = new Map<string, Formats>();

/** The formats of a language and a time zone. An unknown time zone reads as Paris. */
export function formats(language: Language, timeZone: string): Formats {
  const name = `${language} ${timeZone}`;
  let found = made.get(name);
  if (!found) {
    found = makeFormats(language, knownTimeZone(timeZone));
    made.set(name, found);
  }
  return found;
}

function knownTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('fr', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'Europe/Paris';
  }
}

function makeFormats(language: Language, timeZone: string): Formats {
  const locale = LOCALE[language];
  const dates = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options });
  const numbers = new Intl.NumberFormat(locale);
  const clock = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const dayOnly = dates({ day: 'numeric', month: 'long' });
  const dayAndYear = dates({ day: 'numeric', month: 'long', year: 'numeric' });
  const weekday = dates({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone });

  const written = (date: string) => (language === 'fr' ? date.replace(FIRST_OF_MONTH, '1er ') : date);
  const time = (at: Date) => {
    const text = clock.format(at);
    return language === 'fr' ? text.replace(/^0/, '').replace(':', '\u202fh\u202f') : text;
  };
  const day = (at: Date, now: Date) => {
    const date = calendar.format(at);
    if (date === calendar.format(now)) return TODAY[language];
    if (date === calendar.format(now.getTime() - DAY)) return YESTERDAY[language];
    const thisYear = date.slice(0, 4) === calendar.format(now).slice(0, 4);
    return written((thisYear ? dayOnly : dayAndYear).format(at));
  };
  return {
    number: (value) => numbers.format(value),
    day: (iso, now) => day(new Date(iso), now),
    moment: (iso, now) => day(new Date(iso), now) + JOINED[language] + time(new Date(iso)),
    full: (iso) => written(weekday.format(new Date(iso))) + JOINED[language] + time(new Date(iso)),
  };
}
