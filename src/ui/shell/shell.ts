import type { OwnCommunity } from '#server/communities/present.ts';
import type { Newcomer } from '#server/first-day/companion.ts';
import type { Language } from '../../i18n/voice.ts';

export type Theme = 'light' | 'dark' | 'light dark';

/** What surrounds every page. */
export interface Shell {
  network: string;
  language: Language;
  timeZone: string;
  theme: Theme;
  /** Letters act where nobody types, in this browser. */
  keys: boolean;
  /** When the page was asked for: dates are written as seen from then, on the server as in the browser. */
  now: string;
  person: {
    handle: string;
    name: string;
    picture: string | null;
    keepsOrder: boolean;
    runsNetwork: boolean;
  } | null;
  /** Mine, a dozen at most; `moreCommunities` where there are others. */
  communities: OwnCommunity[];
  moreCommunities: boolean;
  /** Something was said to me that I have not seen. */
  news: boolean;
  /** Of my private feeds; null while I have none. */
  feedKey: string | null;
  /** To somebody who has just come in: a card on the feed, or a place in the menu only. */
  firstDay: 'card' | 'link' | null;
  /** Those who have just come in, to whom I am companion. */
  newcomers: Newcomer[];
  /** The largest file that one may bring, in millions of bytes. */
  fileLimitMb: number;
}
