import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { listedEntries } from '../conversation/sight.ts';
import type { Db } from '../platform/db.ts';
import { snippet } from './snippet.ts';

/** Narrows a search over texts. Slugs and handles as in addresses; days as `YYYY-MM-DD`. */
export interface TextFilter {
  community?: string | null;
  person?: string | null;
  tag?: string | null;
  from?: string | null;
  to?: string | null;
}

export interface TextHit {
  kind: 'post' | 'comment';
  id: string;
  entry_id: string;
  title: string;
  headline: string;
  at: Date;
  handle: string;
  name: string;
  slug: string | null;
  community_name: string | null;
}

/** Weighed at most, per kind. More would cost more than anybody reads. */
export const MOST_CANDIDATES = 1000;
/** Entries in the latest days with which a search for a common word begins. */
const RECENT_ENTRIES = 2000;
const MOST_DAYS = 60;
/** Found in the latest days, these are enough to show: older ones would rank below them. */
const ENOUGH = 200;

/**
 * The posts and comments that hold the words and that the actor may see, best first. A match in a title counts
 * most, and a text loses half its weight in a year.
 */
export async function findTexts(
  db: Db,
  actor: Actor,
  query: string,
  where: TextFilter & { kinds: ('post' | 'comment')[]; skip: number; limit: number },
): Promise<{ hits: TextHit[]; found: number }> {
  const days = hasFilter(where) ? [] : await recentDays(db);
  const lists = where.kinds.map((kind) => (kind === 'post' ? posts : comments)(actor, query, where, days));
  const { rows } = await sql<TextHit & { found: number }>`
    with candidate as materialized (${sql.join(lists, sql` union all `)}),
    best as (select *, count(*) over ()::int as found from candidate
      order by score desc, id desc offset ${where.skip} limit ${where.limit})
    select best.kind, best.id, best.found, e.id as entry_id, e.title, best.at, a.handle, a.name, c.slug,
      c.name as community_name, ${snippet(sql`coalesce(said.html, e.html)`, query)} as headline
    from best left join comments said on best.kind = 'comment' and said.id = best.id
      join entries e on e.id = coalesce(said.entry_id, best.id)
      join people a on a.id = coalesce(said.author_id, e.author_id) left join communities c on c.id = e.community_id
    order by best.score desc, best.id desc`.execute(db);
  return { hits: rows, found: rows[0]?.found ?? 0 };
}

function hasFilter(where: TextFilter): boolean {
  return Boolean(where.community ?? where.person ?? where.tag ?? where.from ?? where.to);
}

type Fragment = RawBuilder<unknown>;

function score(query: string, at: Fragment): Fragment {
  const ageInYears = sql`greatest(extract(epoch from now() - ${at}), 0) / 31557600.0`;
  return sql`ts_rank(s.document, ${query}::tsquery, 1) * power(0.5, least(${ageInYears}, 20)::float8)`;
}

function posts(actor: Actor, query: string, where: TextFilter, days: string[]): Fragment {
  const select = (match: Fragment, limit = MOST_CANDIDATES) => sql`(select s.entry_id as id
    from entry_search s join entries on entries.id = s.entry_id
    where ${match} and ${listedEntries(actor)} and ${filters(where, sql`entries.author_id`, sql`entries.published_at`)}
    limit ${limit})`;
  return sql`select 'post' as kind, s.entry_id as id, e.published_at as at,
      ${score(query, sql`e.published_at`)} as score
    from (${candidates(select, query, days, true)}) found
      join entry_search s on s.entry_id = found.id join entries e on e.id = found.id`;
}

function comments(actor: Actor, query: string, where: TextFilter, days: string[]): Fragment {
  const select = (match: Fragment, limit = MOST_CANDIDATES) => sql`(select s.comment_id as id
    from comment_search s join comments said on said.id = s.comment_id and said.listed
      join entries on entries.id = said.entry_id
    where ${match} and ${listedEntries(actor)} and ${filters(where, sql`said.author_id`, sql`said.created_at`)}
    limit ${limit})`;
  // A post stands above its comments where they say the same.
  return sql`select 'comment' as kind, s.comment_id as id, said.created_at as at,
      0.8 * ${score(query, sql`said.created_at`)} as score
    from (${candidates(select, query, days, false)}) found
      join comment_search s on s.comment_id = found.id join comments said on said.id = found.id`;
}

/** The latest days first; everything only where they hold too little; titles always. */
function candidates(
  select: (match: Fragment, limit?: number) => Fragment,
  query: string,
  days: string[],
  titles: boolean,
): Fragment {
  const all = sql`s.document @@ ${query}::tsquery`;
  if (days.length === 0) return select(all);
  const recent = select(sql`s.document @@ (${query}::tsquery && ${days.join(' | ')}::tsquery)`);
  const titled = titles ? sql`union ${select(sql`s.headline @@ ${query}::tsquery`, ENOUGH)}` : sql``;
  return sql`with recent as materialized ${recent}
    select id from recent ${titled}
    union (select older.id from (select count(*) as many from recent) latest
      cross join lateral ${select(sql`latest.many < ${ENOUGH} and ${all}`)} older)`;
}

function filters(where: TextFilter, author: Fragment, at: Fragment): Fragment {
  const all: Fragment[] = [sql`true`];
  if (where.community) {
    all.push(sql`entries.community_id = (select id from communities where slug = ${where.community})`);
  }
  if (where.person) all.push(sql`${author} = (select id from people where handle = ${where.person})`);
  if (where.tag) {
    all.push(sql`exists (select 1 from entry_tags et join tags t on t.id = et.tag_id
      where et.entry_id = entries.id and t.slug = ${where.tag})`);
  }
  if (where.from) all.push(sql`${at} >= ${where.from}::date`);
  if (where.to) all.push(sql`${at} < ${where.to}::date + 1`);
  return sql.join(all, sql` and `);
}

let window: { read: number; days: string[] } | undefined;
const WINDOW_MILLISECONDS = 60_000;

/**
 * Lexemes of the days that hold the latest entries that everybody sees; none where the network is so small or so
 * quiet that everything can be weighed. How far to look first is all that it decides.
 */
async function recentDays(db: Db): Promise<string[]> {
  const now = Date.now();
  if (!window || now - window.read > WINDOW_MILLISECONDS) {
    const { rows } = await sql<{ day: number | null }>`select floor(extract(epoch from (select published_at from entries
      where listed and everyone order by published_at desc, id desc offset ${RECENT_ENTRIES} limit 1)) / 86400)::int as day`
      .execute(db);
    const today = Math.floor(now / 86_400_000);
    const first = rows[0]?.day ?? null;
    const days = first === null ? [] : spread(Math.max(first, today - MOST_DAYS), today);
    window = { read: now, days };
  }
  return window.days;
}

function spread(first: number, last: number): string[] {
  return Array.from({ length: Math.max(0, last - first + 2) }, (_, index) => `'@${first + index}'`);
}
