import type { Skipped } from '../syndication/types.ts';

/** What an import did, or, dry, would do. */
export interface ImportReport {
  posts: { new: number; known: number; changed: number; drafts: number; private: number };
  comments: { new: number; known: number; pingbacks: number };
  people: { new: number; known: number };
  tags: number;
  /** What the files hold and the network does not. */
  skipped: (Skipped & { source: string })[];
}

export function emptyReport(): ImportReport {
  return {
    posts: { new: 0, known: 0, changed: 0, drafts: 0, private: 0 },
    comments: { new: 0, known: 0, pingbacks: 0 },
    people: { new: 0, known: 0 },
    tags: 0,
    skipped: [],
  };
}
