import type { Selectable } from 'kysely';
import type { Communities, People } from '../platform/schema.ts';

export type Access = 'open' | 'closed' | 'secret';

/** Where the viewer stands: inside, at the door, or neither. */
export type Standing = 'animator' | 'member' | 'invited' | 'asked' | 'none';

export interface PersonCard {
  id: string;
  handle: string;
  name: string;
  status: Selectable<People>['status'];
  headline: string;
  /** Id of his picture; null where he has none. */
  picture: string | null;
}

/** What may be known of a community without going in. */
export interface CommunityDoor {
  slug: string;
  name: string;
  emoji: string;
  access: Access;
  excerpt: string;
}

/** A community in a list. */
export interface CommunitySummary extends CommunityDoor {
  themes: string[];
  members: number;
  archived: boolean;
  standing: Standing;
}

/** One of my communities, with a dot where something new stands. */
export interface OwnCommunity {
  slug: string;
  name: string;
  emoji: string;
  access: Access;
  archived: boolean;
  standing: 'animator' | 'member';
  unread: boolean;
}

/** One of my communities, to choose where something goes. */
export type CommunityChoice = Omit<OwnCommunity, 'unread' | 'archived'>;

/** A community on its own page, with what the viewer may do there. */
export interface CommunityView extends CommunitySummary {
  id: string;
  description: string;
  html: string;
  createdAt: string;
  archivedAt: string | null;
  /** The first of them, by when they came. */
  animators: PersonCard[];
  /** There are further ones, among the members. */
  moreAnimators: boolean;
  following: boolean;
  /** People waiting at the door, counted to 100; always 0 for those who do not answer them. */
  requests: number;
  may: {
    read: boolean;
    write: boolean;
    join: boolean;
    ask: boolean;
    leave: boolean;
    invite: boolean;
    inviteGuests: boolean;
    seeMembers: boolean;
    edit: boolean;
    stepForward: boolean;
  };
}

export type CommunityRow = Pick<
  Selectable<Communities>,
  'slug' | 'name' | 'emoji' | 'access' | 'excerpt' | 'themes' | 'member_count'
> & { archived_at: Date | string | null } & StandingColumns;

interface StandingColumns {
  role: 'member' | 'animator' | null;
  invited: boolean;
  asked: boolean;
}

function standingOf({ role, invited, asked }: StandingColumns): Standing {
  if (role) return role;
  if (invited) return 'invited';
  return asked ? 'asked' : 'none';
}

export function presentSummary(row: CommunityRow): CommunitySummary {
  return {
    slug: row.slug,
    name: row.name,
    emoji: row.emoji,
    access: row.access,
    excerpt: row.excerpt,
    themes: row.themes,
    members: row.member_count,
    archived: row.archived_at !== null,
    standing: standingOf(row),
  };
}
