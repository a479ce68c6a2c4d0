import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleCommunities } from '../communities/sight.ts';
import type { CommunityRef, Page, PersonRef } from '../conversation/present.ts';
import { keepsOrder, listedEntries } from '../conversation/sight.ts';
import type { Db, Tx } from '../platform/db.ts';
import { decodeCursor, isId, page, pageSize } from '../platform/keyset.ts';

export type NotificationKind =
  'mention' | 'reply' | 'comment' | 'community_invited' | 'community_asked' | 'community_joined' | 'report';

export interface NotificationView {
  id: string;
  kind: NotificationKind;
  at: string;
  read: boolean;
  /** Who did it. */
  actor: PersonRef | null;
  /** Where to go, as a path of this network. */
  url: string;
  /** Title of the post, or the beginning of its text. */
  title: string | null;
  community: CommunityRef | null;
}

/** What concerns the actor and is still within his sight: of the rest, not even the number is told. */
function within(actor: Actor): RawBuilder<boolean> {
  return sql<boolean>`n.person_id = ${actor.id}
    and (n.entry_id is null or exists (select 1 from entries where entries.id = n.entry_id and ${listedEntries(actor)}))
    and (n.comment_id is null or exists (select 1 from comments c where c.id = n.comment_id and c.listed))
    and (n.entry_id is not null or exists (select 1 from communities
      where communities.id = n.community_id and ${visibleCommunities(actor)}))
    and (n.kind <> 'report' or (${openReport} is not null
      and exists (select 1 from entries where entries.id = n.entry_id and ${keepsOrder(actor)})))`;
}

/** The report that a notification tells of, while it waits. */
const openReport = sql<string | null>`(select r.id from reports r where r.entry_id = n.entry_id
  and r.comment_id is not distinct from n.comment_id and r.reporter_id = n.actor_id and r.resolved_at is null)`;

interface NotificationRow {
  id: string;
  kind: NotificationKind;
  created_at: Date;
  read: boolean;
  actor: PersonRef | null;
  entry_id: string | null;
  comment_id: string | null;
  report_id: string | null;
  title: string | null;
  community: CommunityRef | null;
}

/** One page of notifications, newest first. */
export async function listNotifications(
  db: Db,
  actor: Actor,
  where: { cursor?: string | null; limit?: number | string | null } = {},
): Promise<Page<NotificationView>> {
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const older = from ? sql`and (n.created_at, n.id) < (${from.at}::timestamptz, ${from.id}::uuid)` : sql``;
  const { rows } =
    await sql<NotificationRow>`select n.id, n.kind, n.created_at, n.read_at is not null as read,
      n.entry_id, n.comment_id, case when n.kind = 'report' then ${openReport} end as report_id, coalesce(nullif(e.title, ''), left(e.excerpt, 80)) as title,
      case when p.id is not null then json_build_object('id', p.id, 'handle', p.handle, 'name', p.name,
        'status', p.status) end as actor,
      case when c.id is not null then json_build_object('slug', c.slug, 'name', c.name, 'emoji', c.emoji,
        'access', c.access) end as community
    from notifications n left join people p on p.id = n.actor_id left join entries e on e.id = n.entry_id
      left join communities c on c.id = n.community_id
    where ${within(actor)} ${older} order by n.created_at desc, n.id desc limit ${limit + 1}`.execute(db);
  const cut = page(rows, limit, (row) => ({ at: row.created_at.toISOString(), id: row.id }));
  return { items: cut.items.map(present), next: cut.next };
}

function present(row: NotificationRow): NotificationView {
  return {
    id: row.id,
    kind: row.kind,
    at: row.created_at.toISOString(),
    read: row.read,
    actor: row.actor,
    url: address(row),
    title: row.title,
    community: row.community,
  };
}

function address(row: NotificationRow): string {
  if (row.report_id) return `/moderation/${row.report_id}`;
  if (row.entry_id) return `/posts/${row.entry_id}${row.comment_id ? `#comment-${row.comment_id}` : ''}`;
  return `/communities/${row.community?.slug ?? ''}${row.kind === 'community_asked' ? '/requests' : ''}`;
}

/** True when something unread concerns the actor. A yes or no, never a number that grows. */
export async function hasNews(db: Db, actor: Actor): Promise<boolean> {
  const { rows } = await sql<{ news: boolean }>`select exists (select 1 from notifications n
    where n.read_at is null and ${within(actor)}) as news`.execute(db);
  return rows[0]?.news ?? false;
}

/** Marks as read: one of one's own, or all of them. Writes no event: it is nobody else's business. */
export async function markNotified(tx: Tx, actor: Actor, id?: string): Promise<void> {
  if (id !== undefined && !isId(id)) return;
  const only = id === undefined ? sql`` : sql`and id = ${id}`;
  await sql`update notifications set read_at = now()
    where person_id = ${actor.id} and read_at is null ${only}`.execute(tx);
}

/** Marks as read what concerns this entry: it has just been opened. */
export async function markNotifiedOf(tx: Tx, actor: Actor, entryId: string): Promise<void> {
  await sql`update notifications set read_at = now()
    where person_id = ${actor.id} and read_at is null and entry_id = ${entryId}`.execute(tx);
}
