import type { Beside } from './beside.ts';
import type { NoticeKind } from './kinds.ts';
import { say } from '../platform/words.ts';
import type { Language } from '../../i18n/voice.ts';
import { didWhat, isOfOneself, isReported, type ToldLine } from '../../i18n/told.ts';

/** A line, and who it is about. */
export interface Told extends ToldLine {
  /** Who did it last; empty where he is gone. */
  name: string;
  /** How many people did it. */
  voices: number;
}

/** *Claire Martin et 2 autres répondent sous*: what follows is the title of the thing. */
export function beginningOf(language: Language, told: Told): string {
  const others = told.voices - 1;
  const who = [
    told.name || say(language, 'told.somebody'),
    ...(others > 0 ? [say(language, 'told.others', { count: others })] : []),
  ];
  return [
    ...(isOfOneself(told.kind) ? [] : who),
    say(language, didWhat(told), { count: Math.max(1, told.voices) }),
  ].join(' ');
}

/** A title between the quotation marks of the language. */
export function quoted(language: Language, title: string): string {
  return language === 'fr' ? `«\u202f${title}\u202f»` : `“${title}”`;
}

/** What a line is about: a thing, or else a community. What one reported may not be in sight any more. */
export function aboutWhat(
  language: Language,
  kind: NoticeKind,
  title: string | null,
  community: string | null,
): string {
  if (!title && isReported(kind)) return say(language, 'told.ownReport');
  return title === null ? (community ?? '') : quoted(language, title);
}

/** Why one's words are hidden. */
export function reasonLine(language: Language, kind: NoticeKind, beside: Beside | null): string[] {
  return kind === 'hidden' && beside?.reason
    ? [say(language, 'order.reason', { reason: beside.reason })]
    : [];
}

/** Why somebody rang out of hours, as the page says it. */
export function insistedLine(language: Language, name: string | null, reason: string): string {
  return say(language, 'quiet.insistedBy', { name: name ?? say(language, 'told.somebody'), reason });
}
