import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';

/** Lets go what nobody needs any more: old readings that were not kept, items without readers, sources without followers. */
export async function purgeSources(tx: Tx): Promise<void> {
  await sql`delete from readings where kept_at is null
    and (read_at < now() - interval '180 days' or at < now() - interval '730 days')`.execute(tx);
  await sql`delete from source_items i where seen_at < now() - interval '30 days'
    and not exists (select 1 from readings where item_id = i.id)`.execute(tx);
  await sql`delete from source_items i using sources s where i.source_id = s.id
    and not exists (select 1 from subscriptions where source_id = s.id)
    and not exists (select 1 from readings where item_id = i.id)`.execute(tx);
  // Whoever follows at this moment begins anew.
  await sql`delete from sources where id in (select id from sources s
    where not exists (select 1 from subscriptions where source_id = s.id)
      and not exists (select 1 from source_items where source_id = s.id)
    for update skip locked)`.execute(tx);
}
