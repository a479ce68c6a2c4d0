import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { personJson } from '../conversation/person.ts';
import type { CommunityRef, Page, PersonRef, ReactionKind } from '../conversation/present.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, page, pageSize } from '../platform/keyset.ts';
import { ABOUT_EITHER, DECIDED_KINDS, OWN_KINDS, type NoticeKind, type NoticeLevel } from './kinds.ts';
import { beside, type Beside } from './beside.ts';
import { communityPath, postPath, weekPath } from './paths.ts';
import { standing } from './sight.ts';

/** Notices of one kind about one thing, as one line: *Claire Martin et 6 autres ont réagi à…* */
export interface NotificationView {
  /** Of the latest notice of the line. */
  id: string;
  kind: NoticeKind;
  at: string;
  read: boolean;
  /** Who did it last. */
  actor: PersonRef | null;
  /** Up to three who did it, latest first. */
  people: PersonRef[];
  /** How many people did it. */
  voices: number;
  /** How many times it was done. */
  count: number;
  /** Where to go, as a path of this network. */
  url: string;
  /** Title of the post, or the beginning of its text; null where the line is about more than one. */
  title: string | null;
  community: CommunityRef | null;
  /** It is about a comment, not the post. */
  onComment: boolean;
  /** Why one's words were hidden. */
  reason: string | null;
  /** The reactions given. */
  reactions: ReactionKind[];
  /** I asked to follow this thread; otherwise I spoke in it. */
  followed: boolean;
  less: Less;
}

/** What I asked to hear less of already. Null where the line offers no such thing. */
export interface Less {
  thread: { id: string; quiet: boolean } | null;
  dossier: { id: string; quiet: boolean } | null;
  kind: { quiet: boolean };
  community: { slug: string; level: NoticeLevel } | null;
}

interface LineRow {
  id: string;
  kind: NoticeKind;
  created_at: Date;
  read: boolean;
  entry_id: string | null;
  by_entry_id: string | null;
  comment_id: string | null;
  first_comment_id: string | null;
  beside: Beside | null;
  dossier_id: string | null;
  followed: boolean;
  title: string | null;
  community: CommunityRef | null;
  people: PersonRef[] | null;
  voices: number;
  count: number;
  reactions: ReactionKind[] | null;
  following: boolean | null;
  kind_off: boolean;
  level: NoticeLevel;
}

/** Notices gathered into one line at most; nobody counts further. */
const MOST_IN_A_LINE = 500;

/** One page of lines, by their latest notice. What is out of sight is in no line and in no number. */
export async function listNotifications(
  db: Db,
  actor: Actor,
  where: { cursor?: string | null; limit?: number | string | null } = {},
): Promise<Page<NotificationView>> {
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const older = from ? sql`and (n.created_at, n.id) < (${from.at}::timestamptz, ${from.id}::uuid)` : sql``;
  const { rows } = await sql<LineRow>`with head as materialized (
      select n.*, viewer.role, ${beside()} as beside from people viewer join notifications n on n.person_id = viewer.id
      where viewer.id = ${actor.id} ${older} and ${standing()} and not exists (select 1 from notifications later
        where ${sameLine('later')} and (later.created_at, later.id) > (n.created_at, n.id) and ${standing('later')})
      order by n.created_at desc, n.id desc limit ${limit + 1})
    select n.id, n.kind, n.created_at, n.read_at is not null as read, n.entry_id, n.by_entry_id, n.comment_id,
      n.beside, n.dossier_id, followed.person_id is not null as followed,
      coalesce(d.name, n.beside ->> 'title', nullif(e.title, ''), left(e.excerpt, 80)) as title, line.*,
      case when c.id is not null then json_build_object('slug', c.slug, 'name', c.name, 'emoji', c.emoji,
        'access', c.access) end as community,
      quiet.following, off.kind is not null as kind_off, coalesce(level.level, 'concerns') as level
    from head n left join entries e on e.id = n.entry_id left join communities c on c.id = n.community_id
      left join dossiers d on d.id = n.dossier_id
      left join dossier_follows followed on followed.person_id = n.person_id and followed.dossier_id = n.dossier_id
      left join thread_follows quiet on quiet.person_id = n.person_id and quiet.entry_id = n.entry_id
      left join notice_kinds_off off on off.person_id = n.person_id and off.kind = n.kind
      left join notice_levels level on level.person_id = n.person_id and level.community_id = n.community_id
      cross join lateral (${lineOf()}) line
    order by n.created_at desc, n.id desc`.execute(db);
  const cut = page(rows, limit, (row) => ({ at: row.created_at.toISOString(), id: row.id }));
  return { items: cut.items.map(present), next: cut.next };
}

/** What was read at one moment stays together; what came since begins a line of its own. */
function sameLine(alias: string): RawBuilder<unknown> {
  const t = sql.ref(alias);
  return sql`${t}.person_id = n.person_id and ${t}.kind = n.kind and ${t}.thing_id = n.thing_id
    and ${t}.read_at is not distinct from n.read_at`;
}

function lineOf(): RawBuilder<unknown> {
  return sql`with one as (select each.actor_id, each.comment_id, each.reaction, each.created_at, each.id
      from notifications each join people viewer on viewer.id = each.person_id
      where ${sameLine('each')} and ${standing('each')}
      order by each.created_at desc, each.id desc limit ${MOST_IN_A_LINE})
    select count(*)::int as count, count(distinct actor_id)::int as voices,
      (array_agg(comment_id order by created_at, id))[1] as first_comment_id,
      json_agg(distinct reaction) filter (where reaction is not null) as reactions,
      (select json_agg(${personJson('p')}
          order by did.last desc, p.id)
        from (select actor_id, max(created_at) as last from one group by actor_id order by last desc, actor_id limit 3) did
        join people p on p.id = did.actor_id) as people
    from one`;
}

function present(row: LineRow): NotificationView {
  const people = row.people ?? [];
  return {
    id: row.id,
    kind: row.kind,
    at: row.created_at.toISOString(),
    read: row.read,
    actor: people[0] ?? null,
    people,
    voices: row.voices,
    count: row.count,
    url: address(row),
    title: row.kind === 'post' && row.count > 1 ? null : row.title,
    community: row.community,
    onComment: ABOUT_EITHER.includes(row.kind) && row.comment_id !== null,
    reason: (row.kind === 'hidden' && row.beside?.reason) || null,
    reactions: row.reactions ?? [],
    followed: row.following === true,
    less: {
      // Being named, asked to keep order, or what became of one's own words goes through all the same.
      thread:
        row.entry_id && !['mention', 'post', 'report', ...OWN_KINDS, ...DECIDED_KINDS].includes(row.kind)
          ? { id: row.entry_id, quiet: row.following === false }
          : null,
      dossier: row.dossier_id === null ? null : { id: row.dossier_id, quiet: !row.followed },
      kind: { quiet: row.kind_off },
      community: row.community && { slug: row.community.slug, level: row.level },
    },
  };
}

/** Where the line leads: to the first thing said that it tells of, so that one reads on from there. */
function address(row: LineRow): string {
  if (row.beside?.path) return row.beside.path;
  if (row.dossier_id) return weekPath(row.dossier_id, row.created_at);
  const community = communityPath(row.community?.slug ?? '', row.kind === 'community_asked');
  if (!row.entry_id || (row.kind === 'post' && row.count > 1)) return community;
  if (row.kind === 'curated' && row.count === 1 && row.by_entry_id) return postPath(row.by_entry_id);
  return postPath(row.entry_id, row.first_comment_id);
}

/** True when something unread concerns the actor. A yes or no, never a number that grows. */
export async function hasNews(db: Db, actor: Actor): Promise<boolean> {
  const { rows } = await sql<{ news: boolean }>`select ${newsFor(actor)} as news`.execute(db);
  return rows[0]?.news ?? false;
}

/** The same within a statement. */
export function newsFor(actor: Actor): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from people viewer join notifications n on n.person_id = viewer.id
    where viewer.id = ${actor.id} and n.read_at is null and ${standing()})`;
}
