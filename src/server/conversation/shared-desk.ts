import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { reachable } from '../communities/sight.ts';
import { listedEntries } from './sight.ts';

/*
 * What of desks is not private: here, below the desk itself, because files stand in shared things too. The whole rule is
 * in desk/sight.ts.
 */

/** Watches shared where the actor reads, his own among them. */
export function sharedWatches(actor: Actor, alias = 'watches'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.shared_at is not null and ${t}.deleted_at is null and ${reachable(actor, alias)})`;
}

/**
 * Things that their owners shared, each of them, in a watch shared where the actor reads. A post that somebody kept is
 * there for those who see the post.
 */
export function sharedItems(actor: Actor, alias = 'desk_items'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.shared_at is not null and ${t}.deleted_at is null and exists (select 1 from watches shelf
    where shelf.id = ${t}.watch_id and ${sharedWatches(actor, 'shelf')})
    and (${t}.entry_id is null or exists (select 1 from entries about
      where about.id = ${t}.entry_id and ${listedEntries(actor, 'about')})))`;
}
