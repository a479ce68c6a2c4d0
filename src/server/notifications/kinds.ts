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
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What one hears of a community: everything that comes out there, what concerns oneself, or nothing at all. */
export const NOTICE_LEVELS = ['everything', 'concerns', 'nothing'] as const;
export type NoticeLevel = (typeof NOTICE_LEVELS)[number];
