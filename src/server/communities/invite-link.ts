import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { Refusal } from '../errors.ts';
import { acceptInvitation, type Newcomer } from '../people/accept.ts';
import { createInvitation, type NewInvitation } from '../people/invite.ts';
import type { Tx } from '../platform/db.ts';
import { beginMemberships } from './membership.ts';
import { holdAsMember } from './standing.ts';

/**
 * Makes an invitation link that opens the door of communities too: those the actor is a member of, and, unless open,
 * animates. A guest needs one at least: he sees nothing else.
 */
export async function inviteByLink(
  tx: Tx,
  actor: Actor,
  input: NewInvitation & { communities?: string[] },
  token?: string,
): Promise<{ id: string; token: string }> {
  const { communities = [], ...invitation } = input;
  if (invitation.role === 'guest' && communities.length === 0) {
    throw new Refusal('invalid', 'guest_without_community', { communities: 'guest_without_community' });
  }
  const link = await createInvitation(tx, actor, invitation, token);
  for (const slug of [...new Set(communities)].sort()) {
    const { id, access, role } = await holdAsMember(tx, actor, slug);
    if (access !== 'open' && role !== 'animator')
      throw new Refusal('forbidden', 'community_animators_invite');
    await tx
      .insertInto('invitation_communities')
      .values({ invitation_id: link.id, community_id: id })
      .execute();
  }
  return link;
}

/**
 * Lets somebody into the network by a link, and into the communities it opens: those that whoever made it is still a
 * member of and, unless open, still animates.
 */
export async function enterByInvitation(
  tx: Tx,
  input: Newcomer,
): Promise<Awaited<ReturnType<typeof acceptInvitation>>> {
  const entered = await acceptInvitation(tx, input);
  const { rows } = await sql<{ id: string }>`select community_id as id
    from invitation_communities join invitations on invitations.id = invitation_id
    join memberships using (community_id) join communities on communities.id = community_id
    where invitation_id = ${entered.invitationId} and memberships.person_id = invitations.created_by
      and (communities.open or memberships.role = 'animator')
    order by community_id`.execute(tx);
  if (rows.length > 0) {
    await beginMemberships(
      tx,
      { id: entered.personId },
      { communities: rows.map(({ id }) => id), people: [entered.personId], way: 'link' },
    );
  }
  return entered;
}
