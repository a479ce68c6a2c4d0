import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { listedEntries } from '../conversation/sight.ts';
import { toldFinder, toldFoundAt } from '../desk/finder.ts';
import { sharedItems } from '../desk/sight.ts';
import type { Db } from '../platform/db.ts';
import { holdings, merge, nothing, type Find, type Holdings } from './merge.ts';

/** Of all watches of a dossier together, the latest so many things take part. */
const MOST = 20_000;

/**
 * What the watches hold of what is shared where the actor reads, merged. The watches are those that he sees, by their
 * ids. A post that was kept takes part as far as he sees it.
 */
export async function heldIn(db: Db, actor: Actor, watchIds: readonly string[]): Promise<Holdings> {
  const { rows } = await sql<
    Omit<Find, 'foundAt'> & { foundAt: Date }
  >`select i.id, i.watch_id as "watchId", i.kind,
      ${toldFinder(actor, 'i')} as "finderId", ${toldFoundAt(actor, 'i')} as "foundAt",
      case when i.kind = 'bookmark' then 'entry:' || i.entry_id else i.canonical_url end as address, s.fingerprint
    from desk_items i left join item_sketches s on s.item_id = i.id
    where i.watch_id = any(${watchIds}::uuid[]) and i.shared_at is not null and ${sharedItems(actor, 'i')}
      and (i.kind <> 'bookmark' or exists (select 1 from entries e where e.id = i.entry_id and ${listedEntries(actor, 'e')}))
    order by i.shared_at desc, i.id desc limit ${MOST}`.execute(db);
  const finds = rows.map((row) => ({ ...row, foundAt: row.foundAt.getTime() }));
  const byWatch = Map.groupBy(finds, ({ watchId }) => watchId);
  return watchIds.map((id) => holdings(id, byWatch.get(id) ?? [])).reduce(merge, nothing);
}
