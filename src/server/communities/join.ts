import type { Actor } from '../actor.ts';
import { Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { holdCommunity, type KnownCommunity } from './standing.ts';
import { checkMessage } from './input.ts';
import { beginMemberships, endMembership, hasActingMember } from './membership.ts';
import type { Standing } from './present.ts';

/**
 * Goes through the door, or knocks: an open community, or an invitation, takes the actor in at once; a closed one is
 * asked, with a message for those who answer. Done twice, it changes nothing.
 * @returns where he stands then
 */
export async function joinCommunity(
  tx: Tx,
  actor: Actor,
  slug: string,
  message: unknown = '',
): Promise<Standing> {
  const community = await holdCommunity(tx, actor, slug);
  if (community.role) return community.role;
  if (community.access === 'open' || community.invited) {
    await beginMemberships(tx, actor, {
      communities: [community.id],
      people: [actor.id],
      way: community.invited ? 'invitation' : 'self',
    });
    return 'member';
  }
  await ask(tx, actor, community, checkMessage(message));
  return 'asked';
}

async function ask(tx: Tx, actor: Actor, { id }: KnownCommunity, message: string): Promise<void> {
  const asked = await tx
    .insertInto('join_requests')
    .values({ community_id: id, person_id: actor.id, message })
    .onConflict((conflict) => conflict.columns(['community_id', 'person_id']).doNothing())
    .returning('person_id')
    .executeTakeFirst();
  if (!asked) return;
  await recordEvent(tx, { name: 'community.asked', actorId: actor.id, subjectId: id, communityId: id });
}

/**
 * Leaves, or takes back the question asked at the door. The last person of a closed or secret community stays: nobody
 * could ever read it again.
 */
export async function leaveCommunity(tx: Tx, actor: Actor, slug: string): Promise<void> {
  const community = await holdCommunity(tx, actor, slug);
  if (!community.role) return stopAsking(tx, actor, community);
  if (community.access !== 'open' && !(await hasActingMember(tx, community.id, { besides: actor.id }))) {
    throw new Refusal('conflict', 'community_last_member');
  }
  await endMembership(tx, community.id, actor.id);
  await recordEvent(tx, {
    name: 'community.left',
    actorId: actor.id,
    subjectId: community.id,
    communityId: community.id,
  });
}

async function stopAsking(tx: Tx, actor: Actor, { id }: KnownCommunity): Promise<void> {
  const withdrawn = await tx
    .deleteFrom('join_requests')
    .where('community_id', '=', id)
    .where('person_id', '=', actor.id)
    .returning('person_id')
    .executeTakeFirst();
  if (!withdrawn) return;
  await recordEvent(tx, {
    name: 'community.request_withdrawn',
    actorId: actor.id,
    subjectId: id,
    communityId: id,
  });
}
