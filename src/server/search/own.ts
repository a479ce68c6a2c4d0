import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Page } from '../conversation/present.ts';
import type { ItemSummary, WatchView } from '../desk/present.ts';
import { itemColumns, itemTables, presentItem, type ItemRow } from '../desk/rows.ts';
import { ownItems } from '../desk/sight.ts';
import { ownWatchesSaying } from '../desk/watches.ts';
import { invalid } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { isId, pageSize } from '../platform/keyset.ts';
import { searchDrafts, type DraftHit } from './drafts.ts';
import { searchKept, type KeptHit } from './kept.ts';
import { compileQuery, parseQuery } from './query.ts';
import { snippet, snippetHtml } from './snippet.ts';

export interface OwnSearch {
  q: string;
  kind?: string | null | undefined;
  watch?: string | null | undefined;
  cursor?: string | null | undefined;
  limit?: number | string | null | undefined;
}

/** A thing found on one's own desk. */
export interface OwnHit extends ItemSummary {
  /** Safe HTML, the words found in `<mark>`. */
  snippetHtml: string;
}

/** What is found on one's own desk; what is not a thing of it, on the first page of a search over everything. */
export interface OwnFound extends Page<OwnHit> {
  drafts: DraftHit[];
  /** Watches whose name, or what one says of them, says the words. */
  watches: WatchView[];
  /** What one keeps in one's reader. */
  readings: KeptHit[];
}

/** Weighed at most: more would cost more than anybody reads. */
const MOST_CANDIDATES = 600;

/**
 * Searches what the actor keeps: titles, his own words, the pages he clipped, what he marked in them; his drafts, his
 * watches by name, and what he keeps in his reader. What only arrived there is not searched. The words as in any search;
 * best first, what is recent before what is old.
 */
export async function searchOwn(db: Db, actor: Actor, query: OwnSearch): Promise<OwnFound> {
  const compiled = await compileQuery(db, parseQuery(query.q ?? ''));
  if (!compiled) return { items: [], next: null, drafts: [], watches: [], readings: [] };
  const everything = !query.kind && !query.watch && !query.cursor;
  const [items, drafts, watches, readings] = await Promise.all([
    searchItems(db, actor, query, compiled.begun),
    everything ? searchDrafts(db, actor, compiled.begun) : [],
    everything ? ownWatchesSaying(db, actor, compiled.begun) : [],
    everything ? searchKept(db, actor, compiled.begun) : [],
  ]);
  return { ...items, drafts, watches, readings };
}

async function searchItems(db: Db, actor: Actor, query: OwnSearch, begun: string): Promise<Page<OwnHit>> {
  const limit = pageSize(query.limit);
  if (query.cursor && !/^\d{1,3}$/.test(query.cursor)) throw invalid('cursor', 'bad_cursor');
  const skip = Number(query.cursor ?? 0);
  const words = sql`${begun}::tsquery`;
  const own = sql`(quote_literal(owner_lexeme(${actor.id}::uuid)))::tsquery`;
  const { rows } = await sql<ItemRow & { score: number; headline: string }>`
    with candidate as (
      select i.id, ts_rank(s.document, ${words}, 1)
        * power(0.5, least(greatest(extract(epoch from now() - i.created_at), 0) / 31557600.0, 20)::float8) as score
      from desk_search s join desk_items i on i.id = s.item_id
      where s.document @@ (${own} && ${words}) and ${ownItems(actor, 'i')} and ${narrowed(query)}
      limit ${MOST_CANDIDATES}),
    best as (select id, score from candidate order by score desc, id desc offset ${skip} limit ${limit + 1})
    select ${itemColumns}, best.score, ${snippet(sql`concat_ws(' ', i.html, i.summary, page.html)`, begun)} as headline
    from best join ${itemTables(actor)} on i.id = best.id left join desk_pages page on page.item_id = i.id
    order by best.score desc, best.id desc`.execute(db);
  return {
    items: rows.slice(0, limit).map(({ headline, score: _, ...row }) => ({
      ...presentItem(row, actor),
      snippetHtml: snippetHtml(headline),
    })),
    next: rows.length > limit ? String(skip + limit) : null,
  };
}

function narrowed({ kind, watch }: OwnSearch) {
  const conditions = [sql`true`];
  if (kind) conditions.push(sql`i.kind = ${kind}`);
  if (watch && isId(watch)) conditions.push(sql`i.watch_id = ${watch}`);
  return sql.join(conditions, sql` and `);
}
