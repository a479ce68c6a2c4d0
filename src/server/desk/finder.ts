import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { reachable } from '../communities/sight.ts';

/*
 * Whoever keeps a thing of a colleague's has it from him. Who that was is told to himself and to those who read where it
 * stood, and to nobody else: a credit never leaves its room (decision 0031).
 */

/** Id of the one whom the actor is told as the finder of a thing: who found it first, else who has it. */
export function toldFinder(actor: Actor, alias = 'desk_items'): RawBuilder<string> {
  const t = sql.ref(alias);
  return sql<string>`case when ${toldOrigin(actor, alias)} then coalesce(${t}.finder_id, ${t}.owner_id) else ${t}.owner_id end`;
}

/** When that one found it. */
export function toldFoundAt(actor: Actor, alias = 'desk_items'): RawBuilder<Date> {
  const t = sql.ref(alias);
  return sql<Date>`case when ${toldOrigin(actor, alias)} then ${t}.found_at else ${t}.created_at end`;
}

/** True of what its owner found himself, without asking further. */
function toldOrigin(actor: Actor, alias: string): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.via <> 'copy' or ${actor.id} in (${t}.owner_id, ${t}.finder_id) or exists (
    select 1 from provenance came where came.subject_id = ${t}.id and came.how = 'copied' and ${reachable(actor, 'came')}))`;
}
