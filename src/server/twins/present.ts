import type { CommunityRef, PersonRef } from '../conversation/present.ts';

/** Something that says already what one is about to write. */
export interface ExistingThing {
  kind: 'post' | 'page' | 'note' | 'clip';
  id: string;
  title: string;
  excerpt: string;
  author: PersonRef;
  own: boolean;
  community: CommunityRef | null;
  at: string;
  /** 0 to 1. */
  likeness: number;
  /** Near enough to be the same thing. */
  same: boolean;
}

/** A colleague's shared watch on the same subject as one's own shared one. */
export interface Twin {
  watch: { id: string; name: string };
  owner: PersonRef;
  community: CommunityRef | null;
  /** Why: what the two have in common. */
  name: boolean;
  pages: number;
  sites: number;
  texts: boolean;
}

export interface Twins {
  /** How many colleagues follow the subject too. */
  colleagues: number;
  items: Twin[];
}
