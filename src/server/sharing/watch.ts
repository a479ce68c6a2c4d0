import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { communityForWriting } from '../communities/access.ts';
import { recordDeskChange } from '../desk/journal.ts';
import type { ItemSummary } from '../desk/present.ts';
import { itemColumns, itemTables, presentItem, type ItemRow } from '../desk/rows.ts';
import { ownItems } from '../desk/sight.ts';
import { requireWriting, takeBack, watchForEditing } from '../desk/watch.ts';
import { invalid, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';

export interface WatchSharing {
  community: string;
  /** Ids of what leaves; what is not named stays for its owner alone. */
  items: readonly string[];
  /** Beyond what the preview lists: all pages and kept posts too. */
  rest?: boolean | undefined;
}

/** As many as a preview lists, one by one. */
const MOST_LISTED = 200;
const MOST_NAMED = 10_000;

/** What stands in one's own watch, for its owner to choose from, with how many pages and posts come beyond it. */
export async function shareableItems(
  db: Db,
  actor: Actor,
  watchId: string,
): Promise<{ items: ItemSummary[]; rest: number }> {
  if (!isId(watchId)) return { items: [], rest: 0 };
  const inside = sql`i.watch_id = ${watchId} and ${ownItems(actor, 'i')}`;
  const [{ rows }, more] = await Promise.all([
    sql<ItemRow>`select ${itemColumns} from ${itemTables(actor)} where ${inside}
      order by i.created_at desc, i.id desc limit ${MOST_LISTED}`.execute(db),
    sql<{ rest: number }>`select count(*)::int as rest from (select kind from desk_items i where ${inside}
      order by i.created_at desc, i.id desc offset ${MOST_LISTED} limit ${MOST_NAMED}) older where kind <> 'note'`.execute(
      db,
    ),
  ]);
  return { items: rows.map((row) => presentItem(row, actor)), rest: more.rows[0]?.rest ?? 0 };
}

/** Shares one's own watch in a community, with what was chosen of it. Only its owner takes it back. */
export async function shareWatch(
  tx: Tx,
  actor: Actor,
  watchId: string,
  sharing: WatchSharing,
): Promise<void> {
  const before = await watchForEditing(tx, actor, watchId);
  if (before.shared) throw new Refusal('conflict', 'watch_shared');
  if (!sharing.community) throw invalid('community', 'share_where');
  const { id: communityId, open } = await communityForWriting(tx, actor, sharing.community);
  const named = sharing.items.filter(isId).slice(0, MOST_NAMED);
  const inside = sql`watch_id = ${watchId} and ${ownItems(actor)}`;
  await sql`update watches set community_id = ${communityId}, everyone = ${open}, shared_at = now(), activity_at = now()
    where id = ${watchId}`.execute(tx);
  await sql`update desk_items set shared_at = now() where ${inside} and id = any(${named}::uuid[])`.execute(
    tx,
  );
  if (sharing.rest) {
    await sql`update desk_items set shared_at = now() where ${inside} and kind <> 'note' and id in (
      select id from desk_items where ${inside} order by created_at desc, id desc offset ${MOST_LISTED})`.execute(
      tx,
    );
  }
  await recordDeskChange(tx, actor, { name: 'watch.shared', subjectId: watchId, communityId });
}

/**
 * Changes what is shared of one's own shared watch, among what a preview lists, and where. What came before that stays as it
 * is, unless it moves to another community.
 */
export async function changeSharing(
  tx: Tx,
  actor: Actor,
  watchId: string,
  sharing: WatchSharing,
): Promise<void> {
  const before = await watchForEditing(tx, actor, watchId);
  if (!before.shared) throw new Refusal('conflict', 'watch_not_shared');
  if (!sharing.community) throw invalid('community', 'share_where');
  const { rows } = await sql`select 1 from communities
    where id = ${before.community_id} and slug = ${sharing.community}`.execute(tx);
  if (rows.length === 0) return moveSharing(tx, actor, watchId, sharing);
  const named = sharing.items.filter(isId).slice(0, MOST_NAMED);
  await refuseMore(tx, before, watchId, named);
  await sql`update desk_items set shared_at = case when id = any(${named}::uuid[]) then coalesce(shared_at, now()) end
    where id in (select id from desk_items i where i.watch_id = ${watchId} and ${ownItems(actor, 'i')}
      order by i.created_at desc, i.id desc limit ${MOST_LISTED})
      and (shared_at is not null) <> (id = any(${named}::uuid[]))`.execute(tx);
  await recordDeskChange(tx, actor, {
    name: 'watch.edited',
    subjectId: watchId,
    communityId: before.community_id,
  });
}

/** Where one may no longer write, less is shared of a watch, and never more. */
async function refuseMore(
  tx: Tx,
  watch: Parameters<typeof requireWriting>[0],
  watchId: string,
  named: readonly string[],
): Promise<void> {
  if (watch.writable) return;
  const { rows } = await sql`select 1 from desk_items where watch_id = ${watchId} and deleted_at is null
    and shared_at is null and id = any(${named}::uuid[]) limit 1`.execute(tx);
  if (rows.length > 0) requireWriting(watch);
}

/** Elsewhere: gone from where it was, and shared anew, with what was shared beyond what the preview lists. */
async function moveSharing(tx: Tx, actor: Actor, watchId: string, sharing: WatchSharing): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from (select i.id, i.shared_at from desk_items i
      where i.watch_id = ${watchId} and ${ownItems(actor, 'i')}
      order by i.created_at desc, i.id desc offset ${MOST_LISTED} limit ${MOST_NAMED}) older
    where shared_at is not null`.execute(tx);
  const items = [...sharing.items, ...rows.map(({ id }) => id)];
  await stopSharing(tx, actor, watchId);
  await shareWatch(tx, actor, watchId, { community: sharing.community, items });
}

/** Takes one's own watch back: all of it is its owner's alone again. */
export async function stopSharing(tx: Tx, actor: Actor, watchId: string): Promise<void> {
  const { community_id: communityId } = await watchForEditing(tx, actor, watchId);
  if (!communityId) return;
  await takeBack(tx, watchId);
  await recordDeskChange(tx, actor, { name: 'watch.unshared', subjectId: watchId, communityId });
}
