import type { CommunityRef, PersonRef } from '../conversation/present.ts';

export const ITEM_KINDS = ['note', 'clip', 'bookmark'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** By what way a thing came to a desk. */
export const WAYS = [
  ...(['capture', 'paste', 'bookmarklet', 'phone', 'mail'] as const),
  ...(['reading', 'rule', 'api', 'import', 'copy'] as const),
] as const;
export type Way = (typeof WAYS)[number];

/** A subject that somebody follows. Times are ISO 8601 in UTC. */
export interface WatchView {
  id: string;
  name: string;
  about: string;
  owner: PersonRef;
  own: boolean;
  /** Where it is shared, as far as one may know of it: `sharedAt` says whether it is. */
  community: CommunityRef | null;
  sharedAt: string | null;
  archivedAt: string | null;
  createdAt: string;
  activityAt: string;
  /** Told to its owner and to those who keep order; for everybody else it is not there. */
  hidden: { at: string; reason: string } | null;
  may: { report: boolean; hide: boolean };
}

/** A watch as it stands beside a thing. */
export interface WatchRef {
  id: string;
  name: string;
  shared: boolean;
}

/** Why a page could not be read. Each has a sentence under `desk.failure`. */
export const FAILURES = [
  'address',
  'away',
  'refused',
  'absent',
  'too_large',
  'not_html',
  'empty',
  'tangled',
] as const;
export type Failure = (typeof FAILURES)[number];

/** A note, a clip or a bookmark in a list. */
export interface ItemSummary {
  id: string;
  kind: ItemKind;
  title: string;
  /** The beginning of one's own words, as plain text. */
  excerpt: string;
  watch: WatchRef | null;
  owner: PersonRef;
  own: boolean;
  url: string | null;
  site: string;
  /** Whoever signed the page, as it says itself. */
  author: string;
  /** The beginning of the page, or what it says of itself. */
  summary: string;
  publishedAt: string | null;
  language: string | null;
  /** Address of the picture on this network. */
  picture: string | null;
  /** `waiting` while the page is being fetched. */
  page: 'none' | 'waiting' | 'ready' | 'failed';
  failure: Failure | null;
  /** The post that is kept; null where it is gone, or out of sight now. */
  post: {
    id: string;
    title: string;
    excerpt: string;
    author: PersonRef;
    community: CommunityRef | null;
  } | null;
  readLaterAt: string | null;
  doneAt: string | null;
  /** Null where nobody else sees it. */
  sharedAt: string | null;
  createdAt: string;
  editedAt: string | null;
}

export interface HighlightView {
  id: string;
  quote: string;
  before: string;
  behind: string;
  note: string;
  createdAt: string;
}

/** One thing on its own page. */
export interface ItemView extends ItemSummary {
  /** Markdown, and as safe HTML. */
  body: string;
  html: string;
  /** How it came in: told to its owner alone. */
  via: Way | null;
  finder: PersonRef | null;
  foundAt: string;
  version: number;
  highlights: HighlightView[];
  /** The page as it was read, safe HTML, its highlights in `<mark>`. */
  kept: { html: string; words: number; url: string; fetchedAt: string } | null;
}

export interface SavedSearch {
  id: string;
  name: string;
  place: 'desk' | 'network';
  query: string;
  /** Where it leads, as a path of this network. */
  url: string;
}
