import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import { feedAddress } from './address.ts';

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
  await uniteDoubles(tx, sourceId, there.id);
}

/** Whoever follows both addresses has one subscription from now on, with the readings of both. */
async function uniteDoubles(tx: Tx, from: string, to: string): Promise<void> {
  await sql`update readings r set subscription_id = kept.id
    from subscriptions old join subscriptions kept on kept.person_id = old.person_id and kept.source_id = ${to}
    where old.source_id = ${from} and r.subscription_id = old.id
      and not exists (select 1 from readings same where same.subscription_id = kept.id and same.key = r.key)`.execute(
    tx,
  );
  await sql`delete from readings using subscriptions old
    where old.source_id = ${from} and subscription_id = old.id and kept_at is null`.execute(tx);
  await sql`delete from subscriptions where source_id = ${from}`.execute(tx);
}
