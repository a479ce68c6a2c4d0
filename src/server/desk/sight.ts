import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { REGRETTABLE_SINCE } from '../conversation/regret.ts';
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

/**
 * Id of the community whose members are told of a change of a thing: where its watch is shared, and they see the thing there.
 * A kept post of another room is in the sight of some of them at most: nobody is told.
 */
export function toldIn(alias = 'desk_items'): RawBuilder<string | null> {
  const t = sql.ref(alias);
  return sql<string | null>`(select shelf.community_id from watches shelf where shelf.id = ${t}.watch_id
    and ${t}.shared_at is not null and shelf.deleted_at is null and shelf.hidden_at is null
    and (${t}.entry_id is null or exists (select 1 from entries about where about.id = ${t}.entry_id and about.listed
      and (about.everyone or about.community_id = shelf.community_id))))`;
}

/** What the actor threw away himself and can still bring back. */
export function regrettable(actor: Actor, alias: string): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.owner_id = ${actor.id} and ${t}.deleted_at > ${REGRETTABLE_SINCE})`;
}
