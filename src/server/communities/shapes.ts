/** What `present.ts` gives, as the API's document describes it. The compiler keeps the two alike. */
import { z } from '../platform/api/frame.ts';
import type { PersonInDirectory } from './directory.ts';
import type { Member } from './members.ts';
import type { CommunityDoor, CommunitySummary, CommunityView, OwnCommunity, PersonCard } from './present.ts';
import type { ProfileView } from './profile.ts';

const instant = z.iso.datetime().describe('ISO 8601, UTC');
const count = z.number().int().min(0);

export const access = z.enum(['open', 'closed', 'secret']).meta({
  id: 'Access',
  description:
    'Open: everybody reads and writes. Closed: seen, joined on request. Secret: only by invitation.',
});

export const standing = z
  .enum(['animator', 'member', 'invited', 'asked', 'none'])
  .meta({ id: 'Standing', description: 'Where you stand: inside, at the door, or neither' });

export const personCard = z
  .object({
    id: z.uuid(),
    handle: z.string(),
    name: z.string(),
    status: z.enum(['active', 'deactivated', 'erased', 'outside']),
    headline: z.string(),
    picture: z.uuid().nullable(),
  })
  .meta({ id: 'PersonCard' }) satisfies z.ZodType<PersonCard>;

export const personInDirectory = personCard
  .extend({ asksAbout: z.array(z.string()), helpsWith: z.array(z.string()) })
  .meta({ id: 'PersonInDirectory' }) satisfies z.ZodType<PersonInDirectory>;

const communityLink = z.object({ slug: z.string(), name: z.string(), emoji: z.string(), access });

export const profileView = personInDirectory
  .extend({
    role: z.enum(['owner', 'admin', 'moderator', 'member', 'guest']),
    bio: z.string().describe('Markdown'),
    html: z.string(),
    website: z.string().nullable(),
    blogs: z
      .array(z.object({ title: z.string(), url: z.string() }))
      .describe('Blogs elsewhere, whose posts arrive here'),
    since: instant,
    communities: z
      .array(communityLink.extend({ shared: z.boolean().describe('You are in it, too') }))
      .describe('The open ones, and those you share with this person, which come first; 60 at most'),
    moreCommunities: z.boolean().describe('This person is in more than those'),
    following: z.boolean(),
    may: z.object({ follow: z.boolean(), edit: z.boolean(), claim: z.boolean() }),
  })
  .meta({ id: 'Profile' }) satisfies z.ZodType<ProfileView>;

const door = communityLink.extend({ excerpt: z.string() }) satisfies z.ZodType<CommunityDoor>;

export const communitySummary = door
  .extend({ themes: z.array(z.string()), members: count, archived: z.boolean(), standing })
  .meta({ id: 'CommunitySummary' }) satisfies z.ZodType<CommunitySummary>;

export const ownCommunity = communityLink
  .extend({
    archived: z.boolean(),
    standing: z.enum(['animator', 'member']),
    unread: z.boolean().describe('Somebody published there since you last looked'),
  })
  .meta({ id: 'OwnCommunity' }) satisfies z.ZodType<OwnCommunity>;

export const communityView = communitySummary
  .extend({
    id: z.uuid(),
    description: z.string().describe('Markdown'),
    html: z.string(),
    createdAt: instant,
    archivedAt: instant.nullable(),
    animators: z.array(personCard).describe('The first 20, by when they came'),
    moreAnimators: z.boolean().describe('There are further ones, among the members'),
    following: z.boolean(),
    requests: count.describe('People waiting at the door, counted to 100; for animators, 0 for others'),
    may: z.object({
      read: z.boolean(),
      write: z.boolean(),
      join: z.boolean(),
      ask: z.boolean(),
      leave: z.boolean(),
      invite: z.boolean(),
      inviteGuests: z.boolean(),
      seeMembers: z.boolean(),
      edit: z.boolean(),
      stepForward: z.boolean(),
    }),
  })
  .meta({ id: 'Community' }) satisfies z.ZodType<CommunityView>;

export const member = personCard
  .extend({ standing: z.enum(['member', 'animator']), joinedAt: instant })
  .meta({ id: 'CommunityMember' }) satisfies z.ZodType<Member>;

export const invitation = door
  .extend({ invitedBy: personCard.nullable() })
  .meta({ id: 'CommunityInvitation' });

export const joinRequest = z
  .object({ person: personCard, message: z.string(), askedAt: instant })
  .meta({ id: 'JoinRequest' });
