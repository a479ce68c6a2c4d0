import type { Language } from '../../i18n/voice.ts';

export type Theme = 'light' | 'dark' | 'light dark';

/** A community of mine as the column shows it: `news` is true where something stands there that I have not seen. */
export interface OwnCommunity {
  slug: string;
  name: string;
  emoji: string;
  news: boolean;
}

/** What surrounds every page. */
export interface Shell {
  network: string;
  language: Language;
  timeZone: string;
  theme: Theme;
  /** When the page was asked for: dates are written as seen from then, on the server as in the browser. */
  now: string;
  person: { handle: string; name: string; keepsOrder: boolean; runsNetwork: boolean } | null;
  communities: OwnCommunity[];
  /** Something was said to me that I have not seen. */
  news: boolean;
}
