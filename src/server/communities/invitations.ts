import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import type { CommunityDoor, PersonCard } from './present.ts';
import { visiblePeople } from './sight.ts';
import { communityForMembers } from './standing.ts';

/** People invited who have not answered. For members. */
export async function invitedPeople(
  db: Db,
  actor: Actor,
  slug: string,
): Promise<{ items: PersonCard[]; next: null }> {
  const { id } = await communityForMembers(db, actor, slug);
  const items = await db
    .selectFrom('community_invitations')
    .innerJoin('people', 'people.id', 'community_invitations.person_id')
    .select(['people.id', 'handle', 'name', 'status', 'headline', 'picture'])
    .where('community_id', '=', id)
    .where('status', '=', 'active')
    .where(visiblePeople(actor))
    .orderBy('community_invitations.created_at')
    .orderBy('people.id')
    .limit(500)
    .execute();
  return { items, next: null };
}

/** Doors that stand open to the actor: he was invited, and has not answered. */
export async function myInvitations(
  db: Db,
  actor: Actor,
): Promise<{ items: (CommunityDoor & { invitedBy: PersonCard | null })[]; next: null }> {
  const rows = await db
    .selectFrom('community_invitations as invitation')
    .innerJoin('communities', 'communities.id', 'invitation.community_id')
    .leftJoin('people as host', 'host.id', 'invitation.invited_by')
    .select(['communities.slug', 'communities.name', 'emoji', 'access', 'excerpt'])
    .select(['host.id as hostId', 'host.handle', 'host.name as hostName', 'host.status', 'host.headline'])
    .select('host.picture')
    .where('invitation.person_id', '=', actor.id)
    .orderBy('invitation.created_at', 'desc')
    .orderBy('communities.id')
    .limit(500)
    .execute();
  const items = rows.map(({ hostId, handle, hostName, status, headline, picture, ...door }) => ({
    ...door,
    invitedBy:
      hostId && handle && hostName && status
        ? { id: hostId, handle, name: hostName, status, headline: headline ?? '', picture }
        : null,
  }));
  return { items, next: null };
}
