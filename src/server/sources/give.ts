import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '../platform/db.ts';
import type { FeedItem } from './items.ts';
import { served } from './served.ts';

/** A reading that has just arrived for somebody. */
export interface Given {
  id: string;
  person_id: string;
  subscription_id: string;
  item_id: string;
}

/** How much of what a source holds already is unread for who begins to follow it. */
const MOST_UNREAD_AT_FIRST = 20;

/**
 * Gives subscriptions what their source holds now, and nothing that it held before: whoever begins to follow sees what he
 * would have seen alone. Nobody else gets anything by it.
 */
export async function giveFirst(
  tx: Tx,
  subscriptionIds: string[],
  sourceId: string,
  items: FeedItem[],
): Promise<Given[]> {
  const { rows } =
    await sql<Given>`insert into readings (person_id, subscription_id, item_id, key, at, read_at)
    select s.person_id, s.id, i.id, md5(i.key)::uuid,
      least(coalesce(i.published_at, now()), now()) - make_interval(secs => listed.rank / 1000.0),
      case when listed.rank > ${MOST_UNREAD_AT_FIRST} or i.published_at < now() - interval '30 days' then now() end
    from unnest(${items.map(({ key }) => key)}::text[]) with ordinality listed (key, rank)
      join source_items i on i.source_id = ${sourceId} and i.key = listed.key
      cross join subscriptions s
    where s.id = any(${subscriptionIds}::uuid[])
    on conflict (subscription_id, key) do nothing returning ${GIVEN}`.execute(tx);
  return rows;
}

/**
 * Gives everybody who follows a source what its answer holds and the one before did not. What was there long ago and comes
 * back is new to those who did not follow then.
 */
export async function giveAll(tx: Tx, sourceId: string, items: FeedItem[]): Promise<Given[]> {
  const keys = items.map(({ key }) => key);
  await sql`update source_items set told_at = null where source_id = ${sourceId} and told_at is not null
    and key <> all(${keys}::text[])`.execute(tx);
  const { rows } = await sql<Given>`with fresh as (update source_items set told_at = now()
      where source_id = ${sourceId} and told_at is null and key = any(${keys}::text[])
      returning id, key, published_at)
    insert into readings (person_id, subscription_id, item_id, key, at)
    select s.person_id, s.id, fresh.id, md5(fresh.key)::uuid,
      case when fresh.published_at > now() - interval '3 days' then least(fresh.published_at, now()) else now() end
    from fresh, (select f.id, f.person_id from subscriptions f
        join people on people.id = f.person_id and ${served}
        where f.source_id = ${sourceId} order by f.id for key share of f) s
    order by s.id, fresh.published_at
    on conflict (subscription_id, key) do nothing returning ${GIVEN}`.execute(tx);
  return rows;
}

const GIVEN: RawBuilder<unknown> = sql`id, person_id, subscription_id, item_id`;
