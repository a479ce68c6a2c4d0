import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { writable } from '../communities/access.ts';
import { REGRETTABLE_SINCE } from '../conversation/regret.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { itemForEditing } from './file.ts';
import { recordDeskChange } from './journal.ts';
import { regrettable, toldIn } from './sight.ts';

/** Throws something of one's own away: gone at once, for good after 30 days. */
export async function deleteItem(tx: Tx, actor: Actor, id: string): Promise<void> {
  const { community_id: communityId } = await itemForEditing(tx, actor, id);
  await sql`update desk_items set deleted_at = now() where id = ${id}`.execute(tx);
  await recordDeskChange(tx, actor, { name: 'item.deleted', subjectId: id, communityId });
}

/** Brings it back, where it stood; to oneself alone where one may no longer write there. */
export async function restoreItem(tx: Tx, actor: Actor, id: string): Promise<void> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{ again: boolean; community_id: string | null; writable: boolean | null }>`select
      exists (select 1 from desk_items other where other.owner_id = gone.owner_id and other.deleted_at is null
        and other.kind = gone.kind and (other.canonical_url = gone.canonical_url or other.entry_id = gone.entry_id)) as again,
      ${toldIn('gone')} as community_id,
      (select ${writable(actor, 'w')} from watches w where w.id = gone.watch_id) as writable
    from desk_items gone where id = ${id} and ${regrettable(actor, 'gone')} for update`.execute(tx);
  if (!rows[0]) throw notFound();
  if (rows[0].again) throw new Refusal('conflict', 'kept_again');
  const { community_id: communityId, writable: there } = rows[0];
  await sql`update desk_items set deleted_at = null,
    shared_at = case when ${there ?? false} then shared_at end where id = ${id}`.execute(tx);
  await recordDeskChange(tx, actor, {
    name: 'item.restored',
    subjectId: id,
    communityId: there ? communityId : null,
  });
}

/** Removes for good what was thrown away more than 30 days ago. */
export async function purgeDesks(tx: Tx): Promise<void> {
  const old = sql`deleted_at < ${REGRETTABLE_SINCE}`;
  await sql`with gone as (delete from desk_items where ${old} returning id)
    delete from provenance p using gone where p.subject_id = gone.id
      and not exists (select 1 from provenance after where after.from_id = gone.id)`.execute(tx);
  await sql`update desk_items set shared_at = null, watch_id = null
    where watch_id in (select id from watches where ${old})`.execute(tx);
  await sql`delete from watches where ${old}`.execute(tx);
}
