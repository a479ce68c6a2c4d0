import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { holdAsAnimator, type KnownCommunity } from './standing.ts';
import { checkAccess, checkEmoji, checkName, checkThemes, readDescription } from './input.ts';
import { beginMemberships } from './membership.ts';
import type { Access } from './present.ts';
import { secretSlug } from './slug.ts';

export interface CommunityChanges {
  name?: string;
  description?: string | null;
  emoji?: string | null;
  themes?: string[] | null;
}

/** Changes what a community says of itself. Its address stays. */
export async function editCommunity(
  tx: Tx,
  actor: Actor,
  slug: string,
  changes: CommunityChanges,
): Promise<void> {
  const community = await holdAsAnimator(tx, actor, slug);
  await tx
    .updateTable('communities')
    .set({
      ...(changes.name !== undefined && { name: checkName(changes.name) }),
      ...(changes.emoji !== undefined && { emoji: checkEmoji(changes.emoji) }),
      ...(changes.themes !== undefined && { themes: checkThemes(changes.themes) }),
      ...(changes.description !== undefined && readDescription(changes.description)),
      slug: community.slug,
    })
    .where('id', '=', community.id)
    .execute();
  await record(tx, actor, community, 'community.edited', { fields: Object.keys(changes) });
}

/**
 * Opens or closes a community, with all that was written there: the database carries `open` to each of its entries.
 * Made open, it takes in those who were asking; made secret, it forgets them and gets an address nobody guesses.
 * @returns the slug, which is a new one where it became secret
 */
export async function changeAccess(
  tx: Tx,
  actor: Actor,
  slug: string,
  wanted: Access,
): Promise<{ slug: string }> {
  const access = checkAccess(wanted);
  const community = await holdAsAnimator(tx, actor, slug);
  if (access === community.access) return { slug };
  const address = access === 'secret' ? secretSlug(slug.slice(0, 48)) : slug;
  await tx.updateTable('communities').set({ access, slug: address }).where('id', '=', community.id).execute();
  if (access === 'open') await takeInThoseWhoAsked(tx, actor, community.id);
  else await forgetStrangers(tx, community.id, access);
  await record(tx, actor, community, 'community.access_changed', { from: community.access, to: access });
  return { slug: address };
}

/** Archives a community: it stays readable, nobody writes there any more. */
export async function archiveCommunity(tx: Tx, actor: Actor, slug: string): Promise<void> {
  const community = await holdAsAnimator(tx, actor, slug);
  if (community.archived) return;
  await tx
    .updateTable('communities')
    .set({ archived_at: sql`now()` })
    .where('id', '=', community.id)
    .execute();
  await record(tx, actor, community, 'community.archived');
}

/** Takes a community back out of the archives. */
export async function unarchiveCommunity(tx: Tx, actor: Actor, slug: string): Promise<void> {
  const community = await holdAsAnimator(tx, actor, slug);
  if (!community.archived) return;
  await tx.updateTable('communities').set({ archived_at: null }).where('id', '=', community.id).execute();
  await record(tx, actor, community, 'community.unarchived');
}

async function takeInThoseWhoAsked(tx: Tx, actor: Actor, communityId: string): Promise<void> {
  const waiting = await tx
    .selectFrom('join_requests')
    .select('person_id')
    .where('community_id', '=', communityId)
    .execute();
  const people = waiting.map(({ person_id }) => person_id);
  await beginMemberships(tx, actor, { communities: [communityId], people, way: 'request' });
}

/**
 * Whoever followed from outside no longer reaches what he followed, and whom an ordinary member invited while it was open
 * is not invited: into a closed one only animators invite.
 */
async function forgetStrangers(tx: Tx, communityId: string, access: Access): Promise<void> {
  if (access === 'secret') {
    await tx.deleteFrom('join_requests').where('community_id', '=', communityId).execute();
  }
  await sql`delete from community_invitations invitation where community_id = ${communityId} and not exists (
    select 1 from memberships host where host.community_id = invitation.community_id
      and host.person_id = invitation.invited_by and host.role = 'animator')`.execute(tx);
  await tx
    .deleteFrom('follows')
    .where('kind', '=', 'community')
    .where('target_id', '=', communityId)
    .where('person_id', 'not in', (eb) =>
      eb.selectFrom('memberships').select('person_id').where('community_id', '=', communityId),
    )
    .execute();
}

function record(
  tx: Tx,
  actor: Actor,
  community: KnownCommunity,
  name: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  return recordEvent(tx, {
    name,
    actorId: actor.id,
    subjectId: community.id,
    communityId: community.id,
    data,
  });
}
