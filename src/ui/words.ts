import { createContext } from 'svelte';
import type { Key, Language, Say } from '../i18n/voice.ts';
import { formats, type Formats } from '../i18n/moments.ts';

/** How the network speaks to the person who looks at this page. */
export interface Words extends Pick<Formats, 'number' | 'full'> {
  language: Language;
  t: Say;
  day(iso: string): string;
  moment(iso: string): string;
  lately(iso: string): string;
}

export type { Key, Language };

const [words, provide] = createContext<Words>();

/** The words of this page. Call it while a component is being made: `const { t, moment } = words();` */
export { words };

/**
 * Gives the whole page its words; the root layout does it once per request.
 * @param now the instant the page was asked for, so that server and browser write the same dates
 */
export function provideWords(t: Say, language: Language, timeZone: string, now: string): Words {
  const own = formats(language, timeZone);
  const today = own.today(new Date(now));
  return provide({
    number: own.number,
    full: own.full,
    language,
    t,
    day: (iso) => own.day(iso, today),
    moment: (iso) => own.moment(iso, today),
    lately: (iso) => own.lately(iso, today),
  });
}
