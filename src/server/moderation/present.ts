import type { PersonRef } from '../conversation/present.ts';
import type { ReportReason } from './report.ts';
import type { Noun } from './thing.ts';

/** A post, a comment, a shared watch or a dossier, as far as the viewer may read it. */
export interface ThingView {
  on: Noun;
  id: string;
  /** A path of this network. */
  url: string;
  /** Or its name; of the post, where the thing is a comment under it. */
  title: string;
  excerpt: string;
  author: PersonRef;
  hidden: boolean;
}

export interface ReportView {
  id: string;
  on: Noun;
  reason: ReportReason;
  words: string;
  createdAt: string;
  /** `gone`: its author took it away before anybody decided. */
  state: 'waiting' | 'hidden' | 'nothing' | 'gone';
  resolvedAt: string | null;
  /** What was said to whoever reported. */
  answer: string;
  /** Null where the viewer may not read it any more. */
  thing: ThingView | null;
  /** Who reported and who decided: told to those who keep order, and to nobody else. */
  reporter: PersonRef | null;
  resolvedBy: PersonRef | null;
  may: { decide: boolean };
}

/** Something hidden, as those see it who could show it again. */
export interface HiddenView extends ThingView {
  hiddenAt: string;
  hiddenBy: PersonRef | null;
  reason: string;
}
