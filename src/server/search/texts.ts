import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { listedEntries } from '../conversation/sight.ts';
import { PLANNED_ONCE, type Db } from '../platform/db.ts';
import { fold } from './query.ts';
import { marked, snippet } from './snippet.ts';

/** Narrows a search over texts. Slugs as in addresses, a person's handle or whole name; days as `YYYY-MM-DD`. */
export interface TextFilter {
  community?: string | null;
  person?: string | null;
  tag?: string | null;
  from?: string | null;
  to?: string | null;
  /** `newest`: by date, whatever says it best. */
  order?: 'best' | 'newest' | null;
}

export interface TextHit {
  kind: 'post' | 'page' | 'comment';
  id: string;
  entry_id: string;
  title: string;
  /** The title and a part of the text, as PostgreSQL marked them. */
  marked: string;
  headline: string;
  at: Date;
  handle: string;
  name: string;
  slug: string | null;
  community_name: string | null;
}

/** Weighed at most, per kind. More would cost more than anybody reads. */
export const MOST_CANDIDATES = 600;
/** Entries in the latest days with which a search for a common word begins. */
const RECENT_ENTRIES = 1200;
const MOST_DAYS = 60;
/** Weighed at most in the latest days. Found there, `ENOUGH` are worth showing: older ones would rank below them. */
const MOST_RECENT = 400;
const ENOUGH = 100;

/** What is weighed: posts and pages together, one of the two, or comments. */
export type Weighable = 'entry' | TextHit['kind'];

export interface TextQuery {
  /** The words in their forms, and the same with the last one as a beginning (PostgreSQL tsquery). */
  exact: string;
  begun: string;
}

export interface TextPage {
  hits: TextHit[];
  found: number;
  /** True when there may be more than `found` says. */
  more: boolean;
}

/**
 * The posts, pages and comments that hold the words and that the actor may see, best first. A match in a title counts
 * most, and a text loses half its weight in a year.
 */
export async function findTexts(
  db: Db,
  actor: Actor,
  query: TextQuery,
  where: TextFilter & { kinds: Weighable[]; skip: number; limit: number },
): Promise<TextPage> {
  const reach = where.skip + where.limit;
  const lists = await Promise.all(where.kinds.map((kind) => weigh(db, actor, { kind, query, where, reach })));
  const rankOf = (hit: Weighed) => (where.order === 'newest' ? hit.at.getTime() : hit.score);
  const best = lists
    .flatMap((list) => list.rows)
    .sort((a, b) => rankOf(b) - rankOf(a) || (a.id < b.id ? 1 : -1))
    .slice(where.skip, reach);
  return {
    hits: await tell(db, best, query.begun),
    found: lists.reduce((sum, list) => sum + list.found, 0),
    more: lists.some((list) => list.more),
  };
}

/** One kind of text that is asked for, and of how many the best are wanted. */
interface Asked {
  kind: Weighable;
  query: TextQuery;
  where: TextFilter;
  reach: number;
}

interface Weighed {
  kind: Weighable;
  id: string;
  at: Date;
  score: number;
  found: number;
}

/** The latest days first, titles always; everything only where those hold too little. */
async function weigh(
  db: Db,
  actor: Actor,
  asked: Asked,
): Promise<{ rows: Weighed[]; found: number; more: boolean }> {
  const { kind, query, where, reach } = asked;
  const read = async (match: Fragment, most: number) =>
    (await candidates(actor, asked, match, most).execute(db)).rows;
  const days = isNarrowed(where) || kind === 'page' ? [] : await recentDays(db);
  if (days.length > 0) {
    const [recent, titled] = await Promise.all([
      read(sql`s.document @@ (${query.exact}::tsquery && ${days.join(' | ')}::tsquery)`, MOST_RECENT),
      kind !== 'comment' ? read(sql`s.headline @@ ${query.exact}::tsquery`, ENOUGH) : [],
    ]);
    const found = recent[0]?.found ?? 0;
    if (found >= Math.max(ENOUGH, reach)) {
      const rows = [...new Map([...recent, ...titled].map((row) => [row.id, row])).values()];
      return { rows, found, more: true };
    }
  }
  const rows = await read(sql`s.document @@ ${query.begun}::tsquery`, MOST_CANDIDATES);
  const found = rows[0]?.found ?? 0;
  return { rows, found, more: found >= MOST_CANDIDATES };
}

/** Whether only a part of the texts is searched. */
export function isNarrowed(where: TextFilter): boolean {
  return Boolean(where.community ?? where.person ?? where.tag ?? where.from ?? where.to);
}

/** Reads what is shown of the best. */
async function tell(db: Db, best: Weighed[], query: string): Promise<TextHit[]> {
  if (best.length === 0) return [];
  const entries = best.filter((hit) => hit.kind !== 'comment').map((hit) => hit.id);
  const said = best.filter((hit) => hit.kind === 'comment').map((hit) => hit.id);
  const { rows } =
    await sql<TextHit>`select hit.kind, hit.id, e.id as entry_id, e.title, hit.at, a.handle, a.name, c.slug,
      c.name as community_name, ${marked(sql`e.title`, query)} as marked,
      ${snippet(sql`hit.html`, query)} as headline
    from (select kind, id, id as entry_id, author_id, published_at as at, html
        from entries where id = any(${entries}::uuid[])
      union all
      select 'comment', id, entry_id, author_id, created_at, html from comments where id = any(${said}::uuid[])) hit
      join entries e on e.id = hit.entry_id join people a on a.id = hit.author_id
      left join communities c on c.id = e.community_id`.execute(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return best.flatMap((hit) => byId.get(hit.id) ?? []);
}

type Fragment = RawBuilder<unknown>;

/** At most `most` of what matches and may be seen, weighed; of these the best `reach`, with how many there were. */
function candidates(
  actor: Actor,
  { kind, query, where, reach }: Asked,
  match: Fragment,
  most: number,
): RawBuilder<Weighed> {
  const source =
    kind !== 'comment'
      ? sql`select s.document, entries.id, entries.published_at as at
          from entry_search s join entries on entries.id = s.entry_id ${KIND_ONLY[kind]}
          where ${match} and ${listedEntries(actor)}
            and ${filters(where, sql`entries.author_id`, sql`entries.published_at`)}`
      : sql`select s.document, said.id, said.created_at as at
          from comment_search s join comments said on said.id = s.comment_id and said.listed
            join entries on entries.id = said.entry_id
          where ${match} and ${listedEntries(actor)}
            and ${filters(where, sql`said.author_id`, sql`said.created_at`)}`;
  const ageInYears = sql`greatest(extract(epoch from now() - at), 0) / 31557600.0`;
  // A post stands above its comments where they say the same.
  const weight = kind === 'comment' ? 0.8 : 1;
  return sql<Weighed>`${PLANNED_ONCE} select ${kind} as kind, id, at, count(*) over ()::int as found,
      (${weight} * ts_rank(document, ${query.begun}::tsquery, 1) * power(0.5, least(${ageInYears}, 20)::float8))::float8 as score
    from (${source} limit ${most}) candidate
    order by ${where.order === 'newest' ? sql`at` : sql`score`} desc, id desc limit ${reach}`;
}

/** Pages are few among the entries: asked for alone, they are read from their own table. */
const KIND_ONLY: Record<Exclude<Weighable, 'comment'>, Fragment> = {
  entry: sql``,
  post: sql`and entries.kind = 'post'`,
  page: sql`join pages on pages.id = entries.id`,
};

function filters(where: TextFilter, author: Fragment, at: Fragment): Fragment {
  const all: Fragment[] = [sql`true`];
  if (where.community) {
    all.push(sql`entries.community_id = (select id from communities where slug = ${where.community})`);
  }
  if (where.person) {
    const beginning = `${fold(where.person).replace(/[\\%_]/g, '\\$&')} %`;
    all.push(sql`${author} in (select id from people where handle = lower(${where.person})
      or (search_name like ${beginning} and folded(name) = folded(${where.person})))`);
  }
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
    const { rows } = await sql<{
      day: number | null;
    }>`select floor(extract(epoch from (select published_at from entries
      where listed and everyone and kind = 'post' order by published_at desc, id desc offset ${RECENT_ENTRIES} limit 1)) / 86400)::int as day`.execute(
      db,
    );
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
