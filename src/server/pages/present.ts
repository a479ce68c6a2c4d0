import type {
  CommunityRef,
  PersonRef,
  ReactionCounts,
  ReactionKind,
  Source,
  TagRef,
} from '../conversation/present.ts';

/** A page by its name. */
export interface PageRef {
  id: string;
  title: string;
}

/** A page where it stands among the others of its community. */
export interface PageNode extends PageRef {
  /** Null at the top, and where the reader does not see the page above. */
  parentId: string | null;
  /** 0 at the top. */
  depth: number;
  editedAt: string;
}

/** A page that was deleted and can still be brought back. */
export interface DeletedPage extends PageRef {
  excerpt: string;
  /** When it was deleted, and by whom. */
  at: string;
  by: PersonRef | null;
}

/** Somebody who wrote a page, and when. */
export interface Contributor {
  person: PersonRef;
  firstAt: string;
  lastAt: string;
  /** In how many of its versions he wrote. */
  versions: number;
}

/** A heading of a page, and where it is found in it. */
export interface Heading {
  id: string;
  level: number;
  text: string;
}

/** What was said beside a passage of the text. */
export interface Passage {
  commentId: string;
  quote: string;
  before: string;
  after: string;
  author: PersonRef;
}

export interface PageView extends PageRef {
  /** Markdown. */
  body: string;
  html: string;
  excerpt: string;
  version: number;
  community: CommunityRef;
  author: PersonRef;
  createdAt: string;
  editedAt: string | null;
  readingMinutes: number;
  tags: TagRef[];
  comments: number;
  reactions: ReactionCounts;
  mine: ReactionKind[];
  unread: boolean;
  source: Source | null;
  hidden: { at: string; reason: string } | null;
  /** The pages above, from the top. */
  above: PageRef[];
  headings: Heading[];
  contributors: Contributor[];
  may: {
    edit: boolean;
    /** He reads the community and would have to join it first. */
    editOnceInside: boolean;
    delete: boolean;
    comment: boolean;
    react: boolean;
    report: boolean;
    hide: boolean;
  };
}
