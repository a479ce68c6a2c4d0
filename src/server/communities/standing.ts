import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import type { Access } from './present.ts';
import { visibleCommunities } from './sight.ts';
import { isSlug } from './slug.ts';

/** A community the actor may know of, and where he stands in it. */
export interface KnownCommunity {
  id: string;
  slug: string;
  name: string;
  access: Access;
  archived: boolean;
  role: 'member' | 'animator' | null;
  invited: boolean;
}

/**
 * Holds a community the actor may know of until the transaction ends, so that its memberships change one after the
 * other. Absent and unknowable answer alike.
 */
export async function holdCommunity(tx: Tx, actor: Actor, slug: string): Promise<KnownCommunity> {
  if (!isSlug(slug)) throw notFound();
  await tx
    .selectFrom('communities')
    .select('id')
    .where('slug', '=', slug)
    .where(visibleCommunities(actor))
    .forNoKeyUpdate()
    .execute();
  // A second statement, so that it sees what happened while the first one waited.
  return readStanding(tx, actor, slug);
}

/** Holds a community for one of its members. */
export async function holdAsMember(tx: Tx, actor: Actor, slug: string): Promise<KnownCommunity> {
  return member(await holdCommunity(tx, actor, slug));
}

/** Holds a community for one of its animators. */
export async function holdAsAnimator(tx: Tx, actor: Actor, slug: string): Promise<KnownCommunity> {
  return animator(await holdCommunity(tx, actor, slug));
}

/** A community for what only its members read. */
export async function communityForMembers(db: Db, actor: Actor, slug: string): Promise<KnownCommunity> {
  return member(await readStanding(db, actor, slug));
}

/** A community for what only its animators read. */
export async function communityForAnimators(db: Db, actor: Actor, slug: string): Promise<KnownCommunity> {
  return animator(await readStanding(db, actor, slug));
}

function member(community: KnownCommunity): KnownCommunity {
  if (!community.role) throw new Refusal('forbidden', 'community_members_only');
  return community;
}

function animator(community: KnownCommunity): KnownCommunity {
  if (member(community).role !== 'animator') throw new Refusal('forbidden', 'community_animators_only');
  return community;
}

async function readStanding(db: Db, actor: Actor, slug: string): Promise<KnownCommunity> {
  const found = isSlug(slug)
    ? await db
        .selectFrom('communities')
        .leftJoin('memberships as own', (join) =>
          join.onRef('own.community_id', '=', 'communities.id').on('own.person_id', '=', actor.id),
        )
        .leftJoin('community_invitations as invitation', (join) =>
          join
            .onRef('invitation.community_id', '=', 'communities.id')
            .on('invitation.person_id', '=', actor.id),
        )
        .select(['communities.id', 'slug', 'communities.name', 'access', 'archived_at', 'own.role'])
        .select('invitation.person_id as invited')
        .where('slug', '=', slug)
        .where(visibleCommunities(actor))
        .executeTakeFirst()
    : undefined;
  if (!found) throw notFound();
  const { archived_at, invited, ...community } = found;
  return { ...community, archived: archived_at !== null, invited: invited !== null };
}

/** `role`, `invited` and `asked` of `CommunityRow`, where `standingJoins` stand in the query. */
export const standingColumns: RawBuilder<unknown> = sql`own.role, invitation.person_id is not null as invited,
  request.person_id is not null as asked`;

/** Joins what the actor is to the community in `alias`: a member of it, invited, or waiting at its door. */
export function standingJoins(actor: Actor, alias: string): RawBuilder<unknown> {
  const id = sql.ref(`${alias}.id`);
  return sql`left join memberships own on own.community_id = ${id} and own.person_id = ${actor.id}
    left join community_invitations invitation
      on invitation.community_id = ${id} and invitation.person_id = ${actor.id}
    left join join_requests request on request.community_id = ${id} and request.person_id = ${actor.id}`;
}
