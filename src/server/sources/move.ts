import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import { feedAddress } from './address.ts';

/** A server may be away for a weekend. */
export const PATIENCE = sql`interval '3 days'`;

/**
 * A source is gone, or silent for days. From now on each of those who follow it looks for it for himself, more and more
 * rarely, and is told: whoever finds it again begins anew, and it comes back to nobody because of him.
 */
export async function letFollowersLook(tx: Tx, sourceId: string, reason: string): Promise<void> {
  await sql`delete from subscriptions waiting using subscriptions s join sources f on f.id = s.source_id
    where f.id = ${sourceId} and waiting.person_id = s.person_id and waiting.source_id is null
      and waiting.address = f.feed_url`.execute(tx);
  await sql`update subscriptions s set source_id = null, address = f.feed_url, error = ${reason},
      title = coalesce(nullif(s.title, ''), left(f.title, 200)), attempts = 6,
      failing_since = case when ${reason} = 'source_gone' then now() else greatest(f.failing_since, s.created_at) end,
      next_try_at = now() + case when ${reason} = 'source_gone' then interval '30 days' else interval '3 days' end
    from sources f where f.id = s.source_id and f.id = ${sourceId}`.execute(tx);
}

/**
 * A source moved for good. Where its new address is followed already, its followers go over to that one: what they have
 * stays as they have it, and nothing that the other held before comes to them. Items stay apart, so that no server can
 * pass off its own for another's by moving there.
 */
export async function moveSource(tx: Tx, sourceId: string, movedTo: string): Promise<void> {
  const url = feedAddress(movedTo);
  const { rows } = await sql<{
    id: string;
  }>`select id from sources where feed_url = ${url} and id <> ${sourceId}
    for update`.execute(tx);
  const [there] = rows;
  if (!there) {
    await sql`update sources set feed_url = ${url}, host = ${new URL(url).host} where id = ${sourceId}`.execute(
      tx,
    );
    return;
  }
  await sql`update subscriptions s set source_id = ${there.id} where source_id = ${sourceId}
    and not exists (select 1 from subscriptions other
      where other.person_id = s.person_id and other.source_id = ${there.id})`.execute(tx);
  const { rows: doubles } = await sql<{ id: string }>`select id from subscriptions
    where source_id = ${sourceId}`.execute(tx);
  await uniteDoubles(
    tx,
    doubles.map((double) => double.id),
    there.id,
  );
}

/** Of those whose people follow the source otherwise, one subscription stays, with the readings of both. */
export async function uniteDoubles(tx: Tx, subscriptionIds: string[], sourceId: string): Promise<void> {
  const doubles = sql`subscriptions old join subscriptions kept on kept.person_id = old.person_id
    and kept.source_id = ${sourceId} and kept.id <> old.id and old.id = any(${subscriptionIds}::uuid[])`;
  await sql`update readings r set subscription_id = kept.id from ${doubles} where r.subscription_id = old.id
    and not exists (select 1 from readings same
      where same.subscription_id = kept.id and same.key = r.key)`.execute(tx);
  await sql`delete from readings using ${doubles} where subscription_id = old.id and kept_at is null`.execute(
    tx,
  );
  await sql`delete from subscriptions where id in (select old.id from ${doubles})`.execute(tx);
}
