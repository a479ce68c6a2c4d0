import type { CommunityRef, PersonRef } from '../conversation/present.ts';

export interface WatchPart {
  id: string;
  name: string;
  owner: PersonRef;
  own: boolean;
  /** Of the dossier: who put it in, and when. */
  by: PersonRef;
  at: string;
  /** The actor may take it out again. */
  mayRemove: boolean;
}

export interface GainView {
  sources: number;
  /** Things, each counted once. */
  things: number;
  /** What the watch that holds most holds alone. */
  best: { watchId: string; name: string; sources: number; things: number } | null;
}

/** A dossier in a list. */
export interface DossierSummary {
  id: string;
  name: string;
  about: string;
  community: CommunityRef;
  founder: PersonRef;
  createdAt: string;
  following: boolean;
}

/** A dossier on its own page. */
export interface DossierView extends DossierSummary {
  watches: WatchPart[];
  gain: GainView;
  /** The wiki page on top. */
  page: { id: string; title: string } | null;
  mayEdit: boolean;
  /** Told to its founder and to those who keep order; for everybody else it is not there. */
  hidden: { at: string; reason: string } | null;
  may: { report: boolean; hide: boolean };
}

/** One find of a thing: who, when, in which watch, and what he says of it. */
export interface FindView {
  id: string;
  finder: PersonRef;
  foundAt: string;
  watch: { id: string; name: string };
  /** His own words, safe HTML; empty where he says nothing. */
  html: string;
}

export interface ThingView {
  id: string;
  kind: 'note' | 'clip' | 'bookmark';
  title: string;
  url: string | null;
  site: string;
  summary: string;
  /** When it was first found, and last. */
  firstAt: string;
  lastAt: string;
  /** The first finder first. */
  finds: FindView[];
}

export interface SourceView {
  /** The host of the addresses. */
  site: string;
  things: number;
  lastAt: string;
  finders: PersonRef[];
}

export interface StatementView {
  shown: string[];
  sentence: string;
  itemId: string;
  title: string;
  finder: PersonRef;
  at: string;
}

export interface ContradictionView {
  kind: 'price' | 'date';
  statements: StatementView[];
}

/** What a week brought. */
export interface ChangesView {
  from: string;
  to: string;
  things: ThingView[];
  /** More things came than are listed. */
  more: boolean;
  /** Watches that came in that week. */
  watches: WatchPart[];
  /** Contradictions of which one side is of that week. */
  contradictions: ContradictionView[];
}
