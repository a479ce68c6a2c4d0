import type { ReactionKind } from '../conversation/present.ts';
import { say } from '../platform/words.ts';
import type { Language } from '../../i18n/voice.ts';
import type { NoticeKind } from './kinds.ts';

/** What a sentence about one or several notices of one kind needs to know. */
export interface Told {
  kind: NoticeKind;
  /** Who did it last; empty where he is gone. */
  name: string;
  voices: number;
  count: number;
  onComment: boolean;
  reactions: ReactionKind[];
}

/** *Claire Martin et 2 autres répondent sous*: what follows is the title of the thing. */
export function beginningOf(language: Language, told: Told): string {
  const others = told.voices - 1;
  return [
    told.name || say(language, 'told.somebody'),
    ...(others > 0 ? [say(language, 'told.others', { count: others })] : []),
    say(language, didWhat(told), { count: Math.max(1, told.voices) }),
  ].join(' ');
}

function didWhat({ kind, count, onComment, reactions }: Told) {
  if (kind === 'post') return count > 1 ? 'told.posts' : 'told.post';
  if (kind === 'report') return onComment ? 'told.reportComment' : 'told.report';
  if (kind !== 'reaction') return `told.${kind}` as const;
  const thanks = reactions.length === 1 && reactions[0] === 'thanks';
  if (onComment) return thanks ? 'told.thanksComment' : 'told.reactionComment';
  return thanks ? 'told.thanks' : 'told.reaction';
}

/** A title between the quotation marks of the language. */
export function quoted(language: Language, title: string): string {
  return language === 'fr' ? `«\u202f${title}\u202f»` : `“${title}”`;
}
