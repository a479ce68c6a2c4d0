import type { Actor } from '../actor.ts';
import { notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { holdAsAnimator, communityForAnimators } from './standing.ts';
import { beginMemberships } from './membership.ts';
import type { PersonCard } from './present.ts';

/** Somebody who waits at the door of a closed community. */
export interface JoinRequest {
  person: PersonCard;
  message: string;
  askedAt: string;
}

/** Those who asked to come in, in the order they came. For animators. */
export async function joinRequests(
  db: Db,
  actor: Actor,
  slug: string,
): Promise<{ items: JoinRequest[]; next: null }> {
  const { id } = await communityForAnimators(db, actor, slug);
  const rows = await db
    .selectFrom('join_requests')
    .innerJoin('people', 'people.id', 'join_requests.person_id')
    .select([
      'people.id',
      'handle',
      'name',
      'status',
      'headline',
      'picture',
      'message',
      'join_requests.created_at',
    ])
    .where('community_id', '=', id)
    .where('status', '=', 'active')
    .orderBy('join_requests.created_at')
    .orderBy('people.id')
    .limit(500)
    .execute();
  const items = rows.map(({ message, created_at, ...person }) => ({
    person,
    message,
    askedAt: created_at.toISOString(),
  }));
  return { items, next: null };
}

/** Lets in somebody who asked. */
export async function acceptRequest(tx: Tx, actor: Actor, slug: string, handle: string): Promise<void> {
  const { id } = await holdAsAnimator(tx, actor, slug);
  const personId = await takeRequest(tx, id, handle);
  await beginMemberships(tx, actor, { communities: [id], people: [personId], way: 'request' });
}

/** Says no to somebody who asked. He may ask again. */
export async function declineRequest(tx: Tx, actor: Actor, slug: string, handle: string): Promise<void> {
  const { id } = await holdAsAnimator(tx, actor, slug);
  const personId = await takeRequest(tx, id, handle);
  await recordEvent(tx, {
    name: 'community.request_declined',
    actorId: actor.id,
    subjectId: id,
    communityId: id,
    data: { personId },
  });
}

/** Takes the request off the pile; whoever comes second finds none. */
async function takeRequest(tx: Tx, communityId: string, handle: string): Promise<string> {
  const taken = await tx
    .deleteFrom('join_requests')
    .using('people')
    .whereRef('people.id', '=', 'join_requests.person_id')
    .where('community_id', '=', communityId)
    .where('handle', '=', handle)
    .where('status', '=', 'active')
    .returning('person_id')
    .executeTakeFirst();
  if (!taken) throw notFound();
  return taken.person_id;
}
