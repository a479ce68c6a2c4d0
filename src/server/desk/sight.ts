import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import {
  visibleSharedItems,
  visibleSharedWatches,
  sharedItems,
  sharedWatches,
} from '../conversation/shared-desk.ts';

export { sharedItems, sharedWatches };

/*
 * A desk is its owner's. No role, no place in a community and no figure widens that: what others see is what was shared,
 * watch by watch and thing by thing. Decision 0021.
 */

/** The actor's own watches. */
export function ownWatches(actor: Actor, alias = 'watches'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.owner_id = ${actor.id} and ${t}.deleted_at is null)`;
}

/** Watches that the actor may open: his own, those shared where he reads, and hidden ones where he keeps order. */
export function visibleWatches(actor: Actor, alias = 'watches'): RawBuilder<boolean> {
  return sql<boolean>`(${ownWatches(actor, alias)} or ${visibleSharedWatches(actor, alias)})`;
}

/** What the actor keeps himself. */
export function ownItems(actor: Actor, alias = 'desk_items'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.owner_id = ${actor.id} and ${t}.deleted_at is null)`;
}

/** Things that the actor may open: his own, and shared ones, also in a hidden watch where he keeps order. */
export function visibleItems(actor: Actor, alias = 'desk_items'): RawBuilder<boolean> {
  return sql<boolean>`(${ownItems(actor, alias)} or ${visibleSharedItems(actor, alias)})`;
}

/** How long something thrown away can be brought back. */
export const DAYS_OF_REGRET = 30;

/** What the actor threw away himself and can still bring back. */
export function regrettable(actor: Actor, alias: string): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.owner_id = ${actor.id}
    and ${t}.deleted_at > now() - make_interval(days => ${DAYS_OF_REGRET}))`;
}
