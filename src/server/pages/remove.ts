import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { communityForReading, writable } from '../communities/access.ts';
import { personJson } from '../conversation/person.ts';
import type { Page } from '../conversation/present.ts';
import { REGRETTABLE_SINCE } from '../conversation/regret.ts';
import { keepsOrder, listedEntries } from '../conversation/sight.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { decodeCursor, isId, page, pageSize } from '../platform/keyset.ts';
import type { DeletedPage } from './present.ts';
import { editable } from './rights.ts';

/**
 * Deletes a page: whoever began it may, and who keeps order in its community. The pages below it stay. For good after
 * 30 days.
 */
export async function deletePage(tx: Tx, actor: Actor, id: string): Promise<{ community: string }> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{
    may: boolean;
  }>`select ${keepsOrder(actor)} and ${writable(actor, 'entries')} as may
    from entries where id = ${id} and kind = 'page' and ${listedEntries(actor)} for update`.execute(tx);
  if (!rows[0]) throw notFound();
  if (!rows[0].may) throw new Refusal('forbidden', 'page_keepers_only');
  return turn(tx, actor, id, {
    name: 'page.deleted',
    set: sql`deleted_at = now(), deleted_by = ${actor.id}`,
    only: sql`deleted_at is null`,
  });
}

/** Brings back a page, with all that hung on it: whoever deleted it may, and who may change it. */
export async function restorePage(tx: Tx, actor: Actor, id: string): Promise<{ community: string }> {
  if (!isId(id)) throw notFound();
  return turn(tx, actor, id, {
    name: 'page.returned',
    set: sql`deleted_at = null, deleted_by = null`,
    only: regrettable(actor),
  });
}

/** The deleted pages of a community that the actor can bring back, the latest deletion first. */
export async function deletedPagesOf(
  db: Db,
  actor: Actor,
  slug: string,
  where: { cursor?: string | null | undefined; limit?: number | string | null | undefined } = {},
): Promise<Page<DeletedPage>> {
  const communityId = await communityForReading(db, actor, slug);
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const after = from
    ? sql`(entries.deleted_at, entries.id) < (${from.at}::timestamptz, ${from.id}::uuid)`
    : sql`true`;
  const { rows } = await sql<Omit<DeletedPage, 'at'> & { at: Date }>`
    select entries.id, entries.title, entries.excerpt, entries.deleted_at as at,
      case when p.id is not null then ${personJson('p')} end as by
    from pages join entries on entries.id = pages.id left join people p on p.id = entries.deleted_by
    where pages.community_id = ${communityId} and ${regrettable(actor)} and ${after}
    order by entries.deleted_at desc, entries.id desc limit ${limit + 1}`.execute(db);
  const items = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  return page(items, limit, ({ at, id }) => ({ at, id }));
}

/** What was hidden before it was deleted stays with those who hid it, and an archived community as it is. */
function regrettable(actor: Actor): RawBuilder<boolean> {
  return sql<boolean>`(entries.deleted_at > ${REGRETTABLE_SINCE}
    and ${writable(actor, 'entries')} and (entries.deleted_by = ${actor.id}
      or (entries.hidden_at is null and ${editable(actor, 'entries')})))`;
}

async function turn(
  tx: Tx,
  actor: Actor,
  id: string,
  { name, set, only }: { name: string; set: RawBuilder<unknown>; only: RawBuilder<unknown> },
): Promise<{ community: string }> {
  const { rows } = await sql<{ communityId: string; community: string }>`update entries set ${set}
    where id = ${id} and kind = 'page' and ${only} returning community_id as "communityId",
      (select slug from communities where communities.id = entries.community_id) as community`.execute(tx);
  if (!rows[0]) throw notFound();
  const { communityId, community } = rows[0];
  await recordEvent(tx, { name, actorId: actor.id, subjectId: id, communityId });
  return { community };
}
