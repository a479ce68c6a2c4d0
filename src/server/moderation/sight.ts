import { sql, type RawBuilder } from 'kysely';
import { isGuest, isModerator, type Actor } from '../actor.ts';
import { reachable } from '../communities/sight.ts';

/**
 * True where the actor keeps order: the network's moderators wherever they may read (in personal blogs, open
 * communities, and where they are members), the animators of its community. In a closed or secret community that no
 * moderator is a member of, its animators decide alone; where none is left, what was reported waits for whoever steps
 * forward. `alias` has `community_id` and `everyone`.
 */
export function judged(actor: Actor, alias = 'it'): RawBuilder<boolean> {
  if (isGuest(actor)) return sql<boolean>`false`;
  if (isModerator(actor)) return reachable(actor, alias);
  return sql<boolean>`exists (select 1 from memberships own where own.person_id = ${actor.id}
    and own.community_id = ${sql.ref(alias)}.community_id and own.role = 'animator')`;
}

/**
 * Things `it` whose reports the actor decides on: where he keeps order, and never about what he wrote himself, so that
 * nobody is judge in his own cause and nobody learns who complained of him.
 */
export function decidable(actor: Actor): RawBuilder<boolean> {
  return sql<boolean>`(${judged(actor)} and it.author_id <> ${actor.id})`;
}
