import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { reachable } from '../communities/sight.ts';
import { keepsOrder, listedEntries } from './sight.ts';

/*
 * What of desks is not private: here, below the desk itself, because files stand in shared things too, and those who keep
 * order judge of them. The whole rule is in desk/sight.ts and dossiers/sight.ts.
 */

/** Watches shared where the actor reads, his own among them, and not hidden: what stands in lists, in dossiers, among twins. */
export function sharedWatches(actor: Actor, alias = 'watches'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.shared_at is not null and ${t}.deleted_at is null and ${t}.hidden_at is null
    and ${reachable(actor, alias)})`;
}

/** Shared watches that the actor may open by their address: those above, and hidden ones where he keeps order. */
export function visibleSharedWatches(actor: Actor, alias = 'watches'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.shared_at is not null and ${t}.deleted_at is null and ${reachable(actor, alias)}
    and (${t}.hidden_at is null or ${keepsOrder(actor, alias, 'owner_id')}))`;
}

/**
 * Things that their owners shared, each of them, in a watch shared where the actor reads. A post that somebody kept is
 * there for those who see the post.
 */
export function sharedItems(actor: Actor, alias = 'desk_items'): RawBuilder<boolean> {
  return itemsOn(sharedWatches(actor, 'shelf'), actor, alias);
}

/** Shared things that the actor may open by their address: those above, and what stands in a watch hidden where he keeps order. */
export function visibleSharedItems(actor: Actor, alias = 'desk_items'): RawBuilder<boolean> {
  return itemsOn(visibleSharedWatches(actor, 'shelf'), actor, alias);
}

function itemsOn(shelf: RawBuilder<boolean>, actor: Actor, alias: string): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.shared_at is not null and ${t}.deleted_at is null and exists (select 1 from watches shelf
    where shelf.id = ${t}.watch_id and ${shelf})
    and (${t}.entry_id is null or exists (select 1 from entries about
      where about.id = ${t}.entry_id and ${listedEntries(actor, 'about')})))`;
}

/** Dossiers of communities that the actor reads, for lists: neither deleted nor hidden. */
export function listedDossiers(actor: Actor, alias = 'dossiers'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.deleted_at is null and ${t}.hidden_at is null and ${reachable(actor, alias)})`;
}

/** Dossiers that the actor may open by their address: the listed ones, and hidden ones that he founded, or where he keeps order. */
export function visibleDossiers(actor: Actor, alias = 'dossiers'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.deleted_at is null and ${reachable(actor, alias)}
    and (${t}.hidden_at is null or ${keepsOrder(actor, alias, 'founder_id')}))`;
}
