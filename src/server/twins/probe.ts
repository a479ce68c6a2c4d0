import { sql, type RawBuilder } from 'kysely';
import { isGuest, type Actor } from '../actor.ts';
import { ownCommunities } from '../communities/sight.ts';
import { listedEntries } from '../conversation/sight.ts';
import { sharedItems } from '../desk/sight.ts';
import type { Term } from '../platform/likeness/terms.ts';

/** Of each term, the latest so many texts in sight are looked at: the cost is bounded, however common it is here. */
const LATEST = 60;
/** The same of one's closed communities together: each has its share, so that being in many of them costs no more. */
const LATEST_INSIDE = 120;
const LEAST_SHARE = 4;

/** The terms looked for, as rows `wanted(term, weight)`. */
export function wantedTerms(terms: readonly Term[]): RawBuilder<unknown> {
  return sql`wanted (term, weight) as materialized (
    select * from unnest(${terms.map(({ term }) => term)}::int[], ${terms.map(({ weight }) => weight)}::real[]))`;
}

/** Posts and pages in sight that hold wanted terms: rows of `id` and `weight`, one for each term found. */
export function entriesHolding(actor: Actor): RawBuilder<unknown> {
  const alive = sql`select from entries e where e.id = t.entry_id and ${listedEntries(actor, 'e')}`;
  return holding(actor, 'entry_terms', 'entry_id', alive);
}

/** The same of things shared in watches. */
export function itemsHolding(actor: Actor): RawBuilder<unknown> {
  const alive = sql`select from desk_items i where i.id = t.item_id and ${sharedItems(actor, 'i')}`;
  return holding(actor, 'item_terms', 'item_id', alive);
}

/**
 * Two walks, each through a part of the index that the actor reaches as a whole: what is open to all, and what stands in
 * his communities. What he does not see is not walked past. `offset 0` keeps them walks: text by text, the latest first,
 * until there are enough, and never all that hold a term.
 */
function holding(actor: Actor, table: string, key: string, alive: RawBuilder<unknown>): RawBuilder<unknown> {
  const [t, id] = [sql.table(table), sql.ref(`t.${key}`)];
  const latest = (where: RawBuilder<unknown>, most: RawBuilder<unknown>) =>
    sql`(select ${id} as id from ${t} t cross join lateral (${alive} offset 0) alive
      where t.term = wanted.term and ${where} order by ${id} desc limit ${most})`;
  const closed = isGuest(actor) ? sql`true` : sql`not place.open`;
  const inside = sql`select found.id, wanted.weight from wanted cross join (
      select place.id, least(${LATEST}, greatest(${LEAST_SHARE}, ${LATEST_INSIDE} / count(*) over ())) as share
      from communities place where place.id in ${ownCommunities(actor)} and ${closed}) place
    cross join lateral ${latest(sql`t.community_id = place.id`, sql`place.share`)} found`;
  if (isGuest(actor)) return inside;
  return sql`select found.id, wanted.weight from wanted
    cross join lateral ${latest(sql`t.everyone`, sql`${LATEST}`)} found
    union all ${inside}`;
}
