import type { NoticeKind } from '#server/notifications/kinds.ts';
import type { ReactionKind } from '#server/conversation/present.ts';

/** What the words of a line about one or several notices depend on. */
export interface ToldLine {
  kind: NoticeKind;
  /** How many times it was done. */
  count: number;
  onComment: boolean;
  reactions: readonly ReactionKind[];
}

/** The verb of the line: what stands between those who did it and the thing they did it to. */
export function didWhat({ kind, count, onComment, reactions }: ToldLine) {
  if (kind === 'post') return count > 1 ? 'told.posts' : 'told.post';
  if (kind === 'report') return onComment ? 'told.reportComment' : 'told.report';
  if (onComment && kind === 'hidden') return 'told.hiddenComment';
  if (onComment && kind === 'shown') return 'told.shownComment';
  if (kind !== 'reaction') return `told.${kind}` as const;
  const thanks = reactions.length === 1 && reactions[0] === 'thanks';
  if (onComment) return thanks ? 'told.thanksComment' : 'told.reactionComment';
  return thanks ? 'told.thanks' : 'told.reaction';
}

/**
 * Whether the line begins with no name: it tells of one's own, of a week that is over, or of what those who keep order decided.
 */
export function isOfOneself(kind: NoticeKind): boolean {
  return kind === 'held_back' || kind === 'by_mail' || kind === 'dossier_week' || isDecided(kind);
}

/** Whether those who keep order decided: it has no face. */
export function isDecided(kind: NoticeKind): boolean {
  return kind === 'hidden' || kind === 'shown' || isReported(kind);
}

/** Whether it tells what became of what one reported, which may be out of sight. */
export function isReported(kind: NoticeKind): boolean {
  return kind === 'report_hidden' || kind === 'report_nothing';
}

/** Why one hears of it. */
export function whyTold(kind: NoticeKind, onComment: boolean, followed: boolean) {
  if (kind === 'thread' && followed) return 'told.why.followed';
  return kind === 'reaction' && onComment ? 'told.why.reactionComment' : (`told.why.${kind}` as const);
}
