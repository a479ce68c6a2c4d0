import type { PersonRef } from '../conversation/present.ts';
import type { ReportReason } from './report.ts';

/** Where a post or a comment stands, as far as the viewer may read it. */
export interface ThingView {
  on: 'post' | 'comment';
  id: string;
  /** A path of this network. */
  url: string;
  /** Of the post, also where the thing is a comment under it. */
  title: string;
  excerpt: string;
  author: PersonRef;
  hidden: boolean;
}

export interface ReportView {
  id: string;
  on: 'post' | 'comment';
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
