/** What an import brings, whatever the format: plain data, texts in Markdown, nothing written yet. */
export interface ImportedBlog {
  title: string;
  url?: string;
  language?: string;
  /** Everyone that a post names, once each. */
  authors: ImportedAuthor[];
  posts: ImportedPost[];
  /** What the file holds and the result does not, for the person who imports. */
  skipped: Skipped[];
}

export interface Skipped {
  line: number;
  /** An English sentence without full stop. */
  reason: string;
}

export interface ImportedAuthor {
  /** The same for the same author in every export of the same blog; unique in this blog only. */
  key: string;
  name: string;
  email?: string;
  url?: string;
}

export interface ImportedPost {
  /** The same in every export of the same blog: the guid, else the address, else blog and number. */
  key: string;
  line: number;
  /** `ImportedAuthor.key`. */
  author: string;
  /** `ImportedAuthor.key`s of those who signed with the author, without the author. */
  coAuthors: string[];
  kind: 'post' | 'page';
  status: 'published' | 'draft' | 'private';
  /** Plain text; empty when the source has none. */
  title: string;
  /** Markdown. */
  body: string;
  /** Markdown. */
  excerpt?: string;
  url?: string;
  /** Never later than the import. null: never published, or the source does not say. */
  publishedAt: Date | null;
  updatedAt?: Date;
  tags: string[];
  /** In time order; a parent stands before its replies. */
  comments: ImportedComment[];
  enclosure?: Enclosure;
  /** Address of the picture shown with the post. */
  cover?: string;
}

export interface ImportedComment {
  key: string;
  /** `key` of a comment of the same post. */
  parentKey?: string;
  kind: 'comment' | 'pingback';
  author: ImportedCommenter;
  /** Markdown. */
  body: string;
  at: Date;
}

export interface ImportedCommenter {
  /** Empty when the comment was left without a name. */
  name: string;
  email?: string;
  url?: string;
  /** The blog's own account, when one was signed in: an `ImportedAuthor.key`, or another stable key. */
  userKey?: string;
}

export interface Enclosure {
  url: string;
  type?: string;
  length?: number;
  /** Seconds. */
  duration?: number;
}

/** A file that cannot be read, with the place and the reason. */
export class ImportError extends Error {
  readonly line: number;
  readonly column?: number;
  readonly reason: string;

  constructor(line: number, reason: string, column?: number, cause?: unknown) {
    super(`Line ${line}: ${reason}`, cause === undefined ? undefined : { cause });
    this.name = 'ImportError';
    this.line = line;
    this.reason = reason;
    if (column !== undefined) this.column = column;
  }
}

/** A whole file, or its pieces as they arrive. */
export type ImportSource = Uint8Array | AsyncIterable<Uint8Array>;
