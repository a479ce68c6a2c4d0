import { sql, type RawBuilder } from 'kysely';
import { isGuest, type Actor } from '../actor.ts';
import { reachable, readableCommunities } from '../communities/sight.ts';
import type { Place } from '../platform/keyset.ts';

type Fragment = RawBuilder<unknown>;

/** How a list is ordered and where its page begins. */
export interface Window {
  order: 'newest' | 'active';
  from: Place | null;
  /** Rows to read, one more than the page shows. */
  rows: number;
}

/*
 * Each function gives a query of `id` and `at`, newest first, that reads a number of index rows which depends on the
 * page and on how many sources there are, never on how many entries exist.
 */

/** Where a list is read from: its rows are `e` and have the columns of the rule of sight, an id and a time. */
interface Shelf {
  table: Fragment;
  id: Fragment;
  at: Fragment;
  /** What stands in lists at all: posts that are out. */
  listed: Fragment;
}

const SHELVES: Record<Window['order'], Shelf> = {
  newest: {
    table: sql`entries e`,
    id: sql`e.id`,
    at: sql`e.published_at`,
    listed: sql`e.listed and e.kind = 'post'`,
  },
  active: { table: sql`entry_activity e`, id: sql`e.entry_id`, at: sql`e.last_at`, listed: sql`e.listed` },
};

function before({ order, from }: Window): Fragment {
  if (!from) return sql`true`;
  const { id, at } = SHELVES[order];
  return sql`(${at}, ${id}) < (${from.at}::timestamptz, ${from.id}::uuid)`;
}

/** The newest entries that fulfil `only`, which must begin an index (a community, an author, `everyone`). */
function newest(window: Window, only: Fragment, rows: number = window.rows): Fragment {
  const { table, id, at, listed } = SHELVES[window.order];
  return sql`select ${id} as id, ${at} as at from ${table}
    where ${listed} and ${only} and ${before(window)} order by ${at} desc, ${id} desc limit ${rows}`;
}

/**
 * Merges many sources. An entry of the page can only come from one of the sources whose newest entry is among the
 * first: so probe each source once, keep that many, and read on only in those, no further back than the last of them.
 * First by time and by id, as the page is: an import brings many posts of one moment.
 */
function merged(window: Window, sources: Fragment, only: Fragment): Fragment {
  const { table, id, at, listed } = SHELVES[window.order];
  return sql`(with head as materialized (
      select source.key, probe.at from (${sources}) source
        cross join lateral (${newest(window, only, 1)}) probe
      order by probe.at desc, probe.id desc limit ${window.rows}),
    floor as (select case when count(*) = ${window.rows} then min(at) else '-infinity' end as at from head)
    select e.id, e.at from head source cross join floor cross join lateral (
      select ${id} as id, ${at} as at from ${table} where ${listed} and ${only} and ${before(window)} and ${at} >= floor.at
      order by ${at} desc, ${id} desc limit ${window.rows}) e)`;
}

/** Looked at before any source is probed. It stands in the text of the statement, so that the plan counts with it. */
const NEARBY = sql.lit(400);

/**
 * Who may see much or follows much finds his page among the newest entries of the network: those that fulfil `wanted`
 * are read from one index. Only where they are fewer than the page, `lists` are asked.
 */
function nearby(window: Window, wanted: Fragment, lists: Fragment[]): Fragment {
  if (window.order !== 'newest') return sql`(${first(window, lists)})`;
  return sql`(with nearby as materialized (
      select e.id, e.published_at as at from (select id, published_at, community_id, author_id, everyone from entries e
        where ${SHELVES.newest.listed} and ${before(window)} order by e.published_at desc, e.id desc limit ${NEARBY}) e
      where ${wanted} order by e.published_at desc, e.id desc limit ${window.rows})
    select id, at from nearby union
    select id, at from (${first(window, lists)}) far where (select count(*) from nearby) < ${window.rows})`;
}

const IN_COMMUNITY = sql`e.community_id = source.key`;

/** Everything the actor may see. */
export function allPlaces(actor: Actor, window: Window): Fragment {
  const own = sql`select community_id as key from memberships m join communities c on c.id = m.community_id
    where m.person_id = ${actor.id}`;
  const lists = isGuest(actor)
    ? [merged(window, own, IN_COMMUNITY)]
    : [sql`(${newest(window, sql`e.everyone`)})`, merged(window, sql`${own} and not c.open`, IN_COMMUNITY)];
  return first(window, [nearby(window, reachable(actor, 'e'), lists)]);
}

/** What the actor follows (communities, people, tags), and his own. */
export function followedPlaces(actor: Actor, window: Window): Fragment {
  const followed = (kind: string) => sql`select f.target_id as key from follows f
    where f.person_id = ${actor.id} and f.kind = ${kind}`;
  const communities = sql`${followed('community')}
    and exists (select 1 from communities c where c.id = f.target_id and ${readableCommunities(actor, 'c')})`;
  const people = sql`${followed('person')} union all select ${actor.id}::uuid`;
  const wanted = sql`${reachable(actor, 'e')} and (e.author_id = ${actor.id}
    or e.community_id in (${followed('community')}) or e.author_id in (${followed('person')}))`;
  return first(window, [
    nearby(window, wanted, [
      merged(window, communities, IN_COMMUNITY),
      merged(window, people, sql`e.author_id = source.key and ${reachable(actor, 'e')}`),
    ]),
    taggedPlaces(actor, window, followed('tag')),
  ]);
}

/**
 * The entries that carry one of the tags whose ids `tags` gives as `key`. By activity, only each tag's latest
 * thousand entries are weighed.
 */
export function taggedPlaces(actor: Actor, window: Window, tags: Fragment): Fragment {
  const { table, id, at, listed } = SHELVES[window.order];
  const placed =
    window.order === 'active'
      ? sql`select entry_id from entry_tags where tag_id = source.key and published_at is not null
        order by published_at desc limit 1000`
      : sql`select t.entry_id from entry_tags t join entries e on e.id = t.entry_id
        where t.tag_id = source.key and ${tagBefore(window)} and e.listed and e.kind = 'post' and ${reachable(actor, 'e')}
        order by t.published_at desc, t.entry_id desc limit ${window.rows}`;
  return sql`(select distinct ${id} as id, ${at} as at from (${tags}) source
      cross join lateral (${placed}) tagged join ${table} on ${id} = tagged.entry_id
    where ${listed} and ${reachable(actor, 'e')} and ${before(window)}
    order by at desc, id desc limit ${window.rows})`;
}

function tagBefore({ from }: Window): Fragment {
  return from
    ? sql`(t.published_at, t.entry_id) < (${from.at}::timestamptz, ${from.id}::uuid)`
    : sql`t.published_at is not null`;
}

/** One community's entries. The caller has made sure that the actor may read it. */
export function communityPlaces(window: Window, communityId: string): Fragment {
  return newest(window, sql`e.community_id = ${communityId}`);
}

/** One person's entries that the actor may see. */
export function personPlaces(actor: Actor, window: Window, personId: string): Fragment {
  return newest(window, sql`e.author_id = ${personId} and ${reachable(actor, 'e')}`);
}

/** The page's rows among several lists; what stands in two of them comes once. */
function first(window: Window, lists: Fragment[]): Fragment {
  return sql`select id, at from (${sql.join(lists, sql` union `)}) candidates
    order by at desc, id desc limit ${window.rows}`;
}
