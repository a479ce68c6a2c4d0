import { sql, type RawBuilder } from 'kysely';
import { reachableTo, visibleCommunitiesTo } from '../communities/sight.ts';
import { listedEntriesTo } from '../conversation/sight.ts';
import {
  hiddenStillTo,
  keepsOrderTo,
  visibleCommentsTo,
  visibleEntriesTo,
} from '../conversation/sight-many.ts';
import { standing } from '../notifications/sight.ts';
import type { Db } from '../platform/db.ts';
import type { News, Question } from './signals.ts';
import type { Scope, Seat, Stream } from './streams.ts';

/** A piece of news that a stream may be told of; in a list, only where it belongs into its scope. */
export interface Pair {
  stream: Stream;
  news: News;
  scope: Scope | null;
}

/** `visiblePeople` of who acts himself. */
const KNOWN = sql<boolean>`(viewer.role <> 'guest' or viewer.id = q.person_id or exists (select 1 from memberships own
  join memberships theirs on theirs.community_id = own.community_id
  where own.person_id = viewer.id and theirs.person_id = q.person_id))`;

/** True where the person in `viewer` may hear it. `e` is the entry, `c` the comment, `q` the question. */
const ANSWERS: Record<Question, RawBuilder<boolean>> = {
  entry: visibleEntriesTo('viewer', 'e'),
  entry_hidden: sql`(e.status = 'published' and ${reachableTo('viewer', 'e')})`,
  entry_deleted: sql`((e.status = 'published' and ${reachableTo('viewer', 'e')}
    and (e.hidden_at is null or ${keepsOrderTo('viewer', 'e')})) or e.author_id = viewer.id)`,
  comment: sql`(${visibleEntriesTo('viewer', 'e')} and ${visibleCommentsTo('viewer', 'c', 'e')})`,
  comment_hidden: visibleEntriesTo('viewer', 'e'),
  comment_deleted: sql`(${visibleEntriesTo('viewer', 'e')}
    and (c.hidden_at is null or ${hiddenStillTo('viewer', 'c', 'e')}))`,
  writer: sql`(${listedEntriesTo('viewer', 'e')} and viewer.id <> q.person_id and ${KNOWN})`,
  person: KNOWN,
  community: sql`exists (select 1 from communities place
    where place.id = q.community_id and ${visibleCommunitiesTo('viewer', 'place')})`,
  regular: sql`(viewer.role <> 'guest')`,
  self: sql`true`,
};

const FOLLOWED = sql`(e.author_id = viewer.id or exists (select 1 from follows f where f.person_id = viewer.id
  and (f.kind, f.target_id) in (('community', e.community_id), ('person', e.author_id)))
  or exists (select 1 from entry_tags tagged join follows f on f.target_id = tagged.tag_id
    where tagged.entry_id = e.id and f.person_id = viewer.id and f.kind = 'tag'))`;

const IN_SCOPE = sql`case pair.scope when '' then true when 'all' then true when 'following' then ${FOLLOWED}
  when 'community' then e.community_id = pair.scope_id when 'person' then e.author_id = pair.scope_id
  when 'tag' then exists (select 1 from entry_tags tagged
    where tagged.entry_id = e.id and tagged.tag_id = pair.scope_id) end`;

const MAY_HEAR = sql`case q.asks ${sql.join(
  Object.entries(ANSWERS).map(([asks, answer]) => sql`when ${sql.lit(asks)} then ${answer}`),
  sql` `,
)} end`;

/**
 * Asks the rule of sight for all pairs in one query, as things are now, and whether each key still opens. `others` are
 * streams whose keys are asked about although nothing is said to them.
 */
export async function weigh(
  db: Db,
  pairs: Pair[],
  others: Iterable<Stream>,
): Promise<{ heard: Pair[]; ended: Set<Seat> }> {
  const seats = new Numbered<Seat>();
  const questions = new Numbered<News>();
  for (const { stream, news } of pairs) {
    seats.add(stream.seat);
    questions.add(news);
  }
  for (const stream of others) seats.add(stream.seat);
  if (seats.list.length === 0) return { heard: [], ended: new Set() };
  const asked = questions.list;
  const { rows } = await sql<{ alive: number[] | null; heard: number[] | null }>`
    with viewer as materialized (
      select s.n, p.id, p.role
      from unnest(${seats.list.map((seat) => seat.personId)}::uuid[], ${seats.list.map((seat) => seat.session)}::text[],
        ${seats.list.map((seat) => seat.token)}::text[]) with ordinality as s (person_id, session, token, n)
        join people p on p.id = s.person_id and p.status = 'active'
      where case when s.session <> ''
        then exists (select 1 from auth_session where id = s.session and "expiresAt" > now())
        else exists (select 1 from api_tokens where token_hash = s.token and revoked_at is null
          and (expires_at is null or expires_at > now())) end),
    q as materialized (
      select * from unnest(${asked.map((news) => news.asks)}::text[], ${asked.map((news) => news.entryId)}::uuid[],
        ${asked.map((news) => news.commentId)}::uuid[], ${asked.map((news) => news.personId)}::uuid[],
        ${asked.map((news) => news.communityId)}::uuid[])
        with ordinality as q (asks, entry_id, comment_id, person_id, community_id, n)),
    heard as (
      select pair.n from unnest(${numbers(pairs.map(({ stream }) => seats.of(stream.seat)))}::int[],
          ${numbers(pairs.map(({ news }) => questions.of(news)))}::int[],
          ${pairs.map(({ scope }) => scope?.of ?? '')}::text[], ${pairs.map(({ scope }) => scope?.id ?? null)}::uuid[])
          with ordinality as pair (seat, question, scope, scope_id, n)
        join viewer on viewer.n = pair.seat join q on q.n = pair.question
        left join entries e on e.id = q.entry_id left join comments c on c.id = q.comment_id
      where ${MAY_HEAR} and ${IN_SCOPE})
    select (select array_agg(n::int) from viewer) as alive, (select array_agg(n::int order by n) from heard) as heard`.execute(
    db,
  );
  const alive = new Set(rows[0]?.alive);
  return {
    heard: (rows[0]?.heard ?? []).flatMap((n) => pairs[n - 1] ?? []),
    ended: new Set(seats.list.filter((_, index) => !alive.has(index + 1))),
  };
}

/** Whom events made a notice for that he may read now, among these people: his id and the notice's. */
export async function noticed(
  db: Db,
  events: number[],
  people: string[],
): Promise<{ personId: string; id: string; event: number }[]> {
  const { rows } = await sql<{ personId: string; id: string; event: number }>`
    select n.person_id as "personId", n.id, n.event_id as event
    from notifications n join people viewer on viewer.id = n.person_id
    where n.event_id = any(${events}::bigint[]) and n.person_id = any(${people}::uuid[]) and ${standing('n', 'viewer')}
    order by n.event_id, n.id`.execute(db);
  return rows;
}

/** Handles and slugs, by id, of whom and what is named anew: so pages know whether they show it. */
export async function calledNow(db: Db, ids: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; called: string }>`
    select id, handle as called from people where id = any(${ids}::uuid[])
    union all select id, slug from communities where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, called }) => [id, called]));
}

/** As PostgreSQL writes an array: ten thousand numbers go in as one text. */
function numbers(list: number[]): string {
  return `{${list.join(',')}}`;
}

/** Things numbered from 1 in the order in which they first came. */
class Numbered<Thing> {
  readonly list: Thing[] = [];
  readonly #numbers = new Map<Thing, number>();

  add(thing: Thing): void {
    if (this.#numbers.has(thing)) return;
    this.list.push(thing);
    this.#numbers.set(thing, this.list.length);
  }

  of(thing: Thing): number {
    return this.#numbers.get(thing) ?? 0;
  }
}
