import { sql, type RawBuilder } from 'kysely';
import { isGuest, type Actor, type Viewer } from '../actor.ts';

/*
 * The rule of sight, on which every other one stands:
 *   - a guest reaches the communities he is a member of, and nothing else;
 *   - anybody else reaches personal blogs, open communities, and the communities he is a member of.
 * A role (moderator, admin, owner) widens nothing.
 */

/** The ids of the communities the actor is a member of, as a sub-select. */
export function ownCommunities(actor: Viewer): RawBuilder<string> {
  return sql<string>`(select community_id from memberships where person_id = ${actor.id})`;
}

/** True where the content of a row reaches the actor. `alias` has `community_id` and `everyone`. */
export function reachable(actor: Viewer, alias: string): RawBuilder<boolean> {
  const t = sql.ref(alias);
  if (isGuest(actor)) return sql<boolean>`${t}.community_id in ${ownCommunities(actor)}`;
  return sql<boolean>`(${t}.everyone or ${t}.community_id in ${ownCommunities(actor)})`;
}

/** True where the actor may read and, unless archived, write inside the community. */
export function readableCommunities(actor: Actor, alias = 'communities'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  if (isGuest(actor)) return sql<boolean>`${t}.id in ${ownCommunities(actor)}`;
  return sql<boolean>`(${t}.open or ${t}.id in ${ownCommunities(actor)})`;
}

/**
 * True where the actor may know that the community exists: its name, description and door. An invitation shows
 * even a secret one to the person invited.
 */
export function visibleCommunities(actor: Actor, alias = 'communities'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  const invited = sql`(select community_id from community_invitations where person_id = ${actor.id})`;
  const known = sql`${t}.id in ${ownCommunities(actor)} or ${t}.id in ${invited}`;
  return isGuest(actor) ? sql<boolean>`(${known})` : sql<boolean>`(${t}.access <> 'secret' or ${known})`;
}

/**
 * People the actor may know of. A guest sees those he shares a community with; everybody else sees all. Of outside
 * authors, anybody sees those who have words where he reads.
 * Erased people stay, under their pseudonym, because their words stay.
 */
export function visiblePeople(actor: Actor, alias = 'people'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  const read = sql`exists (select 1 from outside_places where outside_places.person_id = ${t}.id
    and ${reachable(actor, 'outside_places')})`;
  if (!isGuest(actor)) return sql<boolean>`(${t}.status <> 'outside' or ${read})`;
  return sql<boolean>`(${read} or ${t}.id = ${actor.id} or exists (select 1 from memberships shared
    where shared.person_id = ${t}.id and shared.community_id in ${ownCommunities(actor)}))`;
}

/*
 * The same rule where those who look are rows of the query (what leaves by mail is read for many at once): `viewer` is
 * the alias of a row of people. `sight.test.ts` holds both forms to the same answers.
 */

/** `reachable` to the person in `viewer`. */
export function reachableTo(viewer: string, alias: string): RawBuilder<boolean> {
  const [v, t] = [sql.ref(viewer), sql.ref(alias)];
  return sql<boolean>`((${t}.everyone and ${v}.role <> 'guest') or ${memberOf(v, sql`${t}.community_id`)})`;
}

/** `visibleCommunities` to the person in `viewer`. */
export function visibleCommunitiesTo(viewer: string, alias = 'communities'): RawBuilder<boolean> {
  const [v, t] = [sql.ref(viewer), sql.ref(alias)];
  return sql<boolean>`((${t}.access <> 'secret' and ${v}.role <> 'guest') or ${memberOf(v, sql`${t}.id`)}
    or exists (select 1 from community_invitations invited
      where invited.person_id = ${v}.id and invited.community_id = ${t}.id))`;
}

function memberOf(viewer: RawBuilder<unknown>, community: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from memberships belonging
    where belonging.person_id = ${viewer}.id and belonging.community_id = ${community})`;
}
