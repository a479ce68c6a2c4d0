import { isAdmin, isGuest, type Actor } from '../actor.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { holdAsAnimator, holdAsMember, holdCommunity, type KnownCommunity } from './standing.ts';
import { beginMemberships, endMembership, hasActingMember } from './membership.ts';

/*
 * A community belongs to those inside. Its animators name others and step down when they like; when none is left
 * (the last one stepped down, left, or has no account any more), any member who is not a guest takes it on. No role of
 * the network names animators, with one exception: where a closed community has nobody left inside who could, an admin
 * names somebody, so that it is not lost.
 */

/** Makes a member an animator as well. */
export async function nameAnimator(tx: Tx, actor: Actor, slug: string, handle: string): Promise<void> {
  const community = await holdCommunity(tx, actor, slug);
  if (isAdmin(actor) && !community.role && (await isOrphan(tx, community))) {
    return rescue(tx, actor, community, handle);
  }
  if (community.role !== 'animator') throw new Refusal('forbidden', 'community_animators_only');
  const member = await memberCalled(tx, community.id, handle);
  if (member.role === 'guest') throw new Refusal('forbidden', 'community_guests_animate_nothing');
  if (member.status !== 'active') throw notFound();
  if (member.standing === 'animator') return;
  await setStanding(tx, community.id, member.id, 'animator');
  await record(tx, actor, community, 'community.animator_named', member.id);
}

/** Becomes an ordinary member again. */
export async function stepDown(tx: Tx, actor: Actor, slug: string): Promise<void> {
  const community = await holdAsAnimator(tx, actor, slug);
  await setStanding(tx, community.id, actor.id, 'member');
  await record(tx, actor, community, 'community.animator_stepped_down', actor.id);
}

/** Takes on a community that has no animator any more. */
export async function stepForward(tx: Tx, actor: Actor, slug: string): Promise<void> {
  const community = await holdAsMember(tx, actor, slug);
  if (isGuest(actor)) throw new Refusal('forbidden', 'community_guests_animate_nothing');
  if (await hasActingMember(tx, community.id, { animator: true }))
    throw new Refusal('conflict', 'community_has_animator');
  await setStanding(tx, community.id, actor.id, 'animator');
  await record(tx, actor, community, 'community.taken_on', actor.id);
}

/** Shows a member out. Animators leave by themselves. */
export async function removeMember(tx: Tx, actor: Actor, slug: string, handle: string): Promise<void> {
  const community = await holdAsAnimator(tx, actor, slug);
  const member = await memberCalled(tx, community.id, handle);
  if (member.standing === 'animator' && member.status === 'active') {
    throw new Refusal('forbidden', 'community_animators_leave_themselves');
  }
  await endMembership(tx, community.id, member.id);
  await record(tx, actor, community, 'community.member_removed', member.id);
}

async function rescue(tx: Tx, actor: Actor, community: KnownCommunity, handle: string): Promise<void> {
  const person = await tx
    .selectFrom('people')
    .select('id')
    .where('handle', '=', handle)
    .where('status', '=', 'active')
    .where('role', '<>', 'guest')
    .executeTakeFirst();
  if (!person) throw invalid('handle', 'person_unknown');
  await beginMemberships(tx, actor, { communities: [community.id], people: [person.id], way: 'rescue' });
  await setStanding(tx, community.id, person.id, 'animator');
}

async function isOrphan(tx: Tx, { id, access }: KnownCommunity): Promise<boolean> {
  return access === 'closed' && !(await hasActingMember(tx, id));
}

async function memberCalled(tx: Tx, communityId: string, handle: string) {
  const member = await tx
    .selectFrom('memberships')
    .innerJoin('people', 'people.id', 'memberships.person_id')
    .select(['people.id', 'people.role', 'status', 'memberships.role as standing'])
    .where('community_id', '=', communityId)
    .where('handle', '=', handle)
    .executeTakeFirst();
  if (!member) throw notFound();
  return member;
}

async function setStanding(
  tx: Tx,
  communityId: string,
  personId: string,
  role: 'member' | 'animator',
): Promise<void> {
  await tx
    .updateTable('memberships')
    .set({ role })
    .where('community_id', '=', communityId)
    .where('person_id', '=', personId)
    .execute();
}

function record(tx: Tx, actor: Actor, { id }: KnownCommunity, name: string, personId: string): Promise<void> {
  return recordEvent(tx, { name, actorId: actor.id, subjectId: id, communityId: id, data: { personId } });
}
