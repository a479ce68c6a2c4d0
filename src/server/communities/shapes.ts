/** What `present.ts` gives, as the API's document describes it. The compiler keeps the two alike. */
import { z } from '../platform/api/frame.ts';
import type { PersonInDirectory } from './directory.ts';
import type { Member } from './members.ts';
import type { CommunityDoor, CommunitySummary, CommunityView, OwnCommunity, PersonCard } from './present.ts';
import type { ProfileView } from './profile.ts';

const instant = z.iso.datetime().openapi({ description: 'ISO 8601, UTC' });
const count = z.number().int().min(0);

export const access = z.enum(['open', 'closed', 'secret']).openapi('Access', {
  description:
    'Open: everybody reads and writes. Closed: seen, joined on request. Secret: only by invitation.',
});

export const standing = z.enum(['animator', 'member', 'invited', 'asked', 'none']).openapi('Standing', {
  description: 'Where you stand: inside, at the door, or neither',
});

export const personCard = z
  .object({
    id: z.uuid(),
    handle: z.string(),
    name: z.string(),
    status: z.enum(['active', 'deactivated', 'erased', 'outside']),
    headline: z.string(),
  })
  .openapi('PersonCard') satisfies z.ZodType<PersonCard>;

export const personInDirectory = personCard
  .extend({ asksAbout: z.array(z.string()), helpsWith: z.array(z.string()) })
  .openapi('PersonInDirectory') satisfies z.ZodType<PersonInDirectory>;

const communityLink = z.object({ slug: z.string(), name: z.string(), emoji: z.string(), access });

export const profileView = personInDirectory
  .extend({
    role: z.enum(['owner', 'admin', 'moderator', 'member', 'guest']),
    bio: z.string().openapi({ description: 'Markdown' }),
    html: z.string(),
    website: z.string().nullable(),
    since: instant,
    communities: z
      .array(communityLink)
      .openapi({ description: 'The open ones, and those you share with this person' }),
    following: z.boolean(),
    may: z.object({ follow: z.boolean(), edit: z.boolean() }),
  })
  .openapi('Profile') satisfies z.ZodType<ProfileView>;

const door = communityLink.extend({ excerpt: z.string() }) satisfies z.ZodType<CommunityDoor>;

export const communitySummary = door
  .extend({ themes: z.array(z.string()), members: count, archived: z.boolean(), standing })
  .openapi('CommunitySummary') satisfies z.ZodType<CommunitySummary>;

export const ownCommunity = communityLink
  .extend({
    archived: z.boolean(),
    standing: z.enum(['animator', 'member']),
    unread: z.boolean().openapi({ description: 'Somebody published there since you last looked' }),
  })
  .openapi('OwnCommunity') satisfies z.ZodType<OwnCommunity>;

export const communityView = communitySummary
  .extend({
    id: z.uuid(),
    description: z.string().openapi({ description: 'Markdown' }),
    html: z.string(),
    createdAt: instant,
    archivedAt: instant.nullable(),
    animators: z.array(personCard),
    following: z.boolean(),
    requests: count.openapi({ description: 'People waiting at the door; for animators, 0 for others' }),
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
  .openapi('Community') satisfies z.ZodType<CommunityView>;

export const member = personCard
  .extend({ standing: z.enum(['member', 'animator']), joinedAt: instant })
  .openapi('CommunityMember') satisfies z.ZodType<Member>;

export const invitation = door.extend({ invitedBy: personCard.nullable() }).openapi('CommunityInvitation');

export const joinRequest = z
  .object({ person: personCard, message: z.string(), askedAt: instant })
  .openapi('JoinRequest');
