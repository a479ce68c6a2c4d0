/** Why a person hears of something; the first that holds is the one told. */
export const NOTICE_KINDS = [
  'mention',
  'reply',
  'comment',
  'thread',
  'post',
  'reaction',
  'curated',
  'community_invited',
  'community_asked',
  'community_joined',
  'report',
  'held_back',
  'by_mail',
  'dossier_week',
  'hidden',
  'shown',
  'report_hidden',
  'report_nothing',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What became of one's own drafts: nobody else did it, and nobody else sees it. */
export const OWN_KINDS = ['held_back', 'by_mail'] as const satisfies readonly NoticeKind[];

/** What is told of a post and of a comment under it in different words. */
export const ABOUT_EITHER: readonly NoticeKind[] = ['reaction', 'report', 'hidden', 'shown'];

/** What became of what one reported. */
export const REPORTED_KINDS = ['report_hidden', 'report_nothing'] as const satisfies readonly NoticeKind[];

/** What those who keep order decided of one's own words, or of what one reported: nobody is told who did. */
export const DECIDED_KINDS = ['hidden', 'shown', ...REPORTED_KINDS] as const satisfies readonly NoticeKind[];

/** What one hears of a community: everything that comes out there, what concerns oneself, or nothing at all. */
export const NOTICE_LEVELS = ['everything', 'concerns', 'nothing'] as const;
export type NoticeLevel = (typeof NOTICE_LEVELS)[number];
