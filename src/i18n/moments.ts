import type { Language } from './voice.ts';

/** How one person reads times and numbers: his language and his time zone. */
export interface Formats {
  number(value: number): string;
  /** `12 mars`, with the year where it is not that of `now`; `aujourd’hui`, `hier`. */
  day(iso: string, now: Today): string;
  /** `12 mars à 14 h 05`, `hier à 14 h 05`. */
  moment(iso: string, now: Today): string;
  /** `hier à 14 h 05`, but `12 mars`: the hour matters while it is fresh. */
  lately(iso: string, now: Today): string;
  /** `14 h 05`. */
  time(iso: string): string;
  /** `jeudi 12 mars 2026 à 14 h 05`, for those who point at a time. */
  full(iso: string): string;
  /** What `now` is to somebody in this time zone. */
  today(now: Date): Today;
}

/** Calendar days, `2026-03-12`. */
export interface Today {
  today: string;
  yesterday: string;
}

const LOCALE = { fr: 'fr-FR', en: 'en-GB' };
const JOINED = { fr: ' à ', en: ' at ' };
const TODAY = { fr: 'aujourd’hui', en: 'today' };
const YESTERDAY = { fr: 'hier', en: 'yesterday' };
const DAY = 86_400_000;
const FIRST_OF_MONTH = /(?<!\d)1 (?=\p{L})/u;
const MOST_REMEMBERED = 5_000;

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
  const numbers = new Intl.NumberFormat(LOCALE[language]);
  const calendar = new Intl.DateTimeFormat('en-CA', { timeZone });
  const written = remembered(writer(language, timeZone));
  const day = (iso: string, { today, yesterday }: Today) => {
    const { date, short, long } = written(iso);
    if (date === today) return TODAY[language];
    if (date === yesterday) return YESTERDAY[language];
    return date.slice(0, 4) === today.slice(0, 4) ? short : long;
  };
  const moment = (iso: string, now: Today) => day(iso, now) + JOINED[language] + written(iso).time;
  return {
    number: (value) => numbers.format(value),
    day,
    moment,
    lately: (iso, now) => (written(iso).date < now.yesterday ? day(iso, now) : moment(iso, now)),
    time: (iso) => written(iso).time,
    full: (iso) => written(iso).full,
    today: (now) => ({ today: calendar.format(now), yesterday: calendar.format(now.getTime() - DAY) }),
  };
}

interface Written {
  date: string;
  short: string;
  long: string;
  time: string;
  full: string;
}

/** Writes an instant in every form there is. */
function writer(language: Language, timeZone: string): (iso: string) => Written {
  const dates = (locale: string, options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone, ...options });
    return (at: Date) => format.format(at);
  };
  const locale = LOCALE[language];
  const calendar = dates('en-CA', {});
  const clock = dates(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const short = dates(locale, { day: 'numeric', month: 'long' });
  const long = dates(locale, { day: 'numeric', month: 'long', year: 'numeric' });
  const weekday = dates(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const firsts = (date: string) => (language === 'fr' ? date.replace(FIRST_OF_MONTH, '1er ') : date);
  const hours = (time: string) =>
    language === 'fr' ? time.replace(/^0/, '').replace(':', '\u202fh\u202f') : time;
  return (iso) => {
    const at = new Date(iso);
    const time = hours(clock(at));
    return {
      date: calendar(at),
      short: firsts(short(at)),
      long: firsts(long(at)),
      time,
      full: firsts(weekday(at)) + JOINED[language] + time,
    };
  };
}

/** The same instants are read by many people: each is written once, until too many are remembered. */
function remembered(write: (iso: string) => Written): (iso: string) => Written {
  const known = new Map<string, Written>();
  return (iso) => {
    let found = known.get(iso);
    if (!found) {
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(iso, (found = write(iso)));
    }
    return found;
  };
}

/** `lundi 23 novembre`, as the calendar of that place says it. */
export function weekdayOf(language: Language, timeZone: string, at: Date): string {
  const format = new Intl.DateTimeFormat(LOCALE[language], {
    timeZone: knownTimeZone(timeZone),
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  const text = format.format(at);
  return language === 'fr' ? text.replace(FIRST_OF_MONTH, '1er ') : text;
}

/** `8 h`, `08:00`. */
export function hourInWords(language: Language, hour: number): string {
  return language === 'fr' ? `${hour}\u202fh` : `${String(hour).padStart(2, '0')}:00`;
}
