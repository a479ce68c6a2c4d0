import { sql } from 'kysely';
import { isModerator, type Actor } from '../actor.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import { isHandle } from '../people/handle.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { holdAsAnimator, holdAsMember, holdCommunity, type KnownCommunity } from './standing.ts';
import { beginMemberships } from './membership.ts';
import { visiblePeople } from './sight.ts';

/**
 * Invites a person. Any member invites into an open community; only animators into another. Guests of the network are
 * invited by animators and moderators. Whoever was asking comes in at once.
 */
export async function inviteToCommunity(tx: Tx, actor: Actor, slug: string, handle: string): Promise<void> {
  const community = await holdAsMember(tx, actor, slug);
  const person = await personToInvite(tx, actor, handle);
  refuseUnlessHeMayInvite(actor, community, person.role === 'guest');
  const { id } = community;
  const { rows } = await sql<{ member: boolean; asked: boolean }>`select
    exists (select 1 from memberships where community_id = ${id} and person_id = ${person.id}) as member,
    exists (select 1 from join_requests where community_id = ${id} and person_id = ${person.id}) as asked`.execute(
    tx,
  );
  if (rows[0]!.member)
    throw new Refusal('conflict', 'community_already_member', { handle: 'community_already_member' });
  if (rows[0]!.asked) {
    await beginMemberships(tx, actor, { communities: [id], people: [person.id], way: 'request' });
    return;
  }
  const invited = await tx
    .insertInto('community_invitations')
    .values({ community_id: id, person_id: person.id, invited_by: actor.id })
    .onConflict((conflict) => conflict.columns(['community_id', 'person_id']).doNothing())
    .returning('person_id')
    .executeTakeFirst();
  if (invited) await record(tx, actor, id, 'community.invited', person.id);
}

/** Says no to an invitation. (Saying yes is `joinCommunity`.) */
export async function declineInvitation(tx: Tx, actor: Actor, slug: string): Promise<void> {
  const { id } = await holdCommunity(tx, actor, slug);
  await takeBack(tx, id, actor.handle);
  await record(tx, actor, id, 'community.invitation_declined', actor.id);
}

/** Takes back an invitation that was not answered yet. For animators. */
export async function withdrawInvitation(tx: Tx, actor: Actor, slug: string, handle: string): Promise<void> {
  const { id } = await holdAsAnimator(tx, actor, slug);
  await record(tx, actor, id, 'community.invitation_withdrawn', await takeBack(tx, id, handle));
}

/** Somebody with an account the actor may know of. */
async function personToInvite(tx: Tx, actor: Actor, handle: string) {
  const person = isHandle(handle)
    ? await tx
        .selectFrom('people')
        .select(['id', 'role'])
        .where('handle', '=', handle)
        .where('status', '=', 'active')
        .where(visiblePeople(actor))
        .executeTakeFirst()
    : undefined;
  if (!person) throw invalid('handle', 'person_unknown');
  return person;
}

function refuseUnlessHeMayInvite(actor: Actor, community: KnownCommunity, guest: boolean): void {
  if (community.role === 'animator') return;
  if (community.access !== 'open') throw new Refusal('forbidden', 'community_animators_invite');
  if (guest && !isModerator(actor)) throw new Refusal('forbidden', 'community_guests_by_animators');
}

async function takeBack(tx: Tx, communityId: string, handle: string): Promise<string> {
  const taken = await tx
    .deleteFrom('community_invitations')
    .using('people')
    .whereRef('people.id', '=', 'community_invitations.person_id')
    .where('community_id', '=', communityId)
    .where('handle', '=', handle)
    .returning('person_id')
    .executeTakeFirst();
  if (!taken) throw notFound();
  return taken.person_id;
}

function record(tx: Tx, actor: Actor, communityId: string, name: string, personId: string): Promise<void> {
  return recordEvent(tx, {
    name,
    actorId: actor.id,
    subjectId: communityId,
    communityId,
    data: { personId },
  });
}
