/** A person as he stands beside his words. */
export interface PersonRef {
  id: string;
  handle: string;
  name: string;
  status: 'active' | 'deactivated' | 'erased' | 'outside';
  /** Id of his picture, at /pictures/ID/48, /96 and /256; null where he has none. */
  picture: string | null;
}

export interface CommunityRef {
  slug: string;
  name: string;
  emoji: string;
  access: 'open' | 'closed' | 'secret';
}

export const REACTIONS = ['thanks', 'useful', 'agree', 'insightful'] as const;
export type ReactionKind = (typeof REACTIONS)[number];
export type ReactionCounts = Record<ReactionKind, number>;

export interface TagRef {
  slug: string;
  label: string;
}

/** Where a curated text comes from: an article outside, or a colleague's post that the viewer may see. */
export interface Source {
  url: string;
  title: string;
  author: string;
}

/** What an entry is for: something new, a call for help, something found. */
export type Purpose = 'tell' | 'ask' | 'find';

/** An entry in a list. Times are ISO 8601 in UTC. */
export interface EntrySummary {
  id: string;
  title: string;
  excerpt: string;
  cover: string | null;
  author: PersonRef;
  community: CommunityRef | null;
  tags: TagRef[];
  publishedAt: string;
  editedAt: string | null;
  activityAt: string;
  readingMinutes: number;
  comments: number;
  /** Up to three people who spoke, latest first. */
  voices: PersonRef[];
  reactions: ReactionCounts;
  mine: ReactionKind[];
  unread: boolean;
  source: Source | null;
  purpose: Purpose;
}

/** Something to hear or see that comes with an entry: a file of this network, or one elsewhere that an import named. */
export interface Enclosure {
  url: string;
  type: string;
  length: number;
  seconds?: number;
  /** Its number in its community or its author's blog. */
  episode?: number;
}

/** An entry on its own page, with what the viewer may do. Buttons never work a rule out again. */
export interface EntryView extends Omit<EntrySummary, 'publishedAt' | 'voices'> {
  status: 'draft' | 'published';
  publishedAt: string | null;
  createdAt: string;
  /** Counts the changes by hand; sent back with a change, it tells whether that one has read the latest. */
  version: number;
  /** When a draft comes out by itself. */
  publishAt: string | null;
  /** Why it did not, at its time. */
  heldBack: 'place' | 'archived' | 'empty' | 'account' | 'refused' | null;
  /** What its cover shows, for whoever does not see it. */
  coverAlt: string;
  body: string;
  html: string;
  revisions: number;
  curatedId: string | null;
  enclosure: Enclosure | null;
  hidden: { at: string; reason: string } | null;
  may: {
    edit: boolean;
    delete: boolean;
    comment: boolean;
    react: boolean;
    curate: boolean;
    report: boolean;
    hide: boolean;
  };
}

export interface CommentView {
  id: string;
  parentId: string | null;
  author: PersonRef;
  /** Empty where `state` is not `shown`, unless the viewer may still read it. */
  body: string;
  html: string;
  /** True where only its beginning is here: it is long, and whole where it is asked for (`ThreadsQuery.comment`). */
  cut: boolean;
  createdAt: string;
  editedAt: string | null;
  state: 'shown' | 'removed' | 'hidden';
  hiddenReason: string | null;
  reactions: ReactionCounts;
  mine: ReactionKind[];
  may: { edit: boolean; delete: boolean; reply: boolean; report: boolean; hide: boolean; react: boolean };
}

/** One conversation under an entry: the comment that opened it and its replies, in the order written. */
export interface ThreadView extends CommentView {
  replies: CommentView[];
  /** True where earlier replies were left out because later ones were asked for. */
  begunLate: boolean;
  /** Where the list of replies goes on (`readReplies`, `threadsOf`); null where all of them are here. */
  moreReplies: string | null;
}

export interface Page<Item> {
  items: Item[];
  next: string | null;
}
