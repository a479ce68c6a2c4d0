import type { Actor } from '../actor.ts';
import { invalid } from '../errors.ts';
import { tagSlug } from '../conversation/tags.ts';
import type { Db } from '../platform/db.ts';
import { isStorable, pageSize } from '../platform/keyset.ts';
import { renderMarkdown } from '../platform/markdown.ts';
import { findNames, type NameHit } from './names.ts';
import { compileQuery, fold, parseQuery, withoutExclusions } from './query.ts';
import { snippetHtml } from './snippet.ts';
import { findTexts, MOST_CANDIDATES, type TextFilter, type TextHit } from './texts.ts';

export const KINDS = ['post', 'page', 'comment', 'person', 'community', 'tag'] as const;
export type Kind = (typeof KINDS)[number];

export interface SearchQuery extends TextFilter {
  q: string;
  /** Only this kind; all of them where absent. */
  kind?: Kind | null;
  cursor?: string | null;
  limit?: number | string | null;
}

export interface SearchHit {
  kind: Kind;
  id: string;
  /** Where it stands, as a path of this network. */
  url: string;
  title: string;
  /** Safe HTML, the words found in `<mark>`. */
  titleHtml: string;
  snippetHtml: string;
  author: { handle: string; name: string } | null;
  community: { slug: string; name: string } | null;
  at: string | null;
}

export interface SearchPage {
  items: SearchHit[];
  next: string | null;
  /** Posts, pages and comments found, among those the actor may see; `more` when counting stopped there. */
  found: { texts: number; more: boolean };
}

const NAMES_BESIDE_TEXTS = 3;

/**
 * Searches posts, pages, comments, people, communities and tags that the actor may see: words in any French or English
 * form, `"phrases"`, `-exclusions`, the last word by its beginning. On the first page of a search over everything,
 * the nearest names come before the texts.
 */
export async function search(db: Db, actor: Actor, query: SearchQuery): Promise<SearchPage> {
  const limit = pageSize(query.limit);
  const skip = readCursor(query.cursor);
  if (query.kind && !KINDS.includes(query.kind)) throw invalid('kind', 'unknown_kind');
  const where = { ...readFilter(query), skip, limit };
  const parsed = parseQuery(query.q ?? '');
  const compiled = await compileQuery(db, parsed);
  const texts = !query.kind || isText(query.kind);
  const kinds = query.kind && isText(query.kind) ? [query.kind] : (['entry', 'comment'] as const);
  const filtered = Boolean(where.community ?? where.person ?? where.tag ?? where.from ?? where.to);
  const [names, said] = await Promise.all([
    namesFor(db, actor, query, { skip, limit, filtered }),
    texts && compiled
      ? findTexts(db, actor, compiled, { ...where, kinds: [...kinds], limit: limit + 1 })
      : { hits: [], found: 0, more: false },
  ]);
  const rows = query.kind && !texts ? names : said.hits;
  const shown = [
    ...(texts ? names.map(presentName) : names.slice(0, limit).map(presentName)),
    ...said.hits.slice(0, limit).map(presentText),
  ];
  return {
    items: shown,
    next: rows.length > limit ? String(skip + limit) : null,
    found: { texts: said.found, more: said.more },
  };
}

function namesFor(
  db: Db,
  actor: Actor,
  query: SearchQuery,
  { skip, limit, filtered }: { skip: number; limit: number; filtered: boolean },
): Promise<NameHit[]> {
  const text = fold(withoutExclusions(query.q ?? ''))
    .trim()
    .slice(0, 100)
    .toWellFormed()
    .replaceAll('\u0000', '');
  if (query.kind) {
    const kinds = isText(query.kind) ? [] : [query.kind];
    return findNames(db, actor, text, { kinds, skip, limit: limit + 1 });
  }
  if (skip > 0 || filtered) return Promise.resolve([]);
  return findNames(db, actor, text, {
    kinds: ['person', 'community', 'tag'],
    skip: 0,
    limit: NAMES_BESIDE_TEXTS,
  });
}

function isText(kind: Kind): kind is TextHit['kind'] {
  return kind === 'post' || kind === 'page' || kind === 'comment';
}

function readCursor(cursor: string | null | undefined): number {
  if (!cursor) return 0;
  if (!/^\d{1,4}$/.test(cursor)) throw invalid('cursor', 'bad_cursor');
  return Math.min(Number(cursor), 2 * MOST_CANDIDATES);
}

/** A day that the calendar has: the thirtieth of February would be read as the first of March. */
function isDay(text: string): boolean {
  const day = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : NaN);
  return isStorable(day) && day.toISOString().startsWith(text);
}

function readFilter(query: TextFilter): TextFilter {
  for (const field of ['from', 'to'] as const) {
    if (query[field] && !isDay(query[field])) throw invalid(field, 'not_a_day');
  }
  const { community, person, tag, from, to, order } = query;
  return {
    community: community || null,
    person: person?.trim().replace(/^@/, '') || null,
    tag: tag ? tagSlug(tag.replace(/^#/, '')) : null,
    from: from || null,
    to: to || null,
    order: order || null,
  };
}

function presentName(hit: NameHit): SearchHit {
  const root = { person: 'people', community: 'communities', tag: 'tags' }[hit.kind];
  return {
    kind: hit.kind,
    id: hit.id,
    url: `/${root}/${hit.key}`,
    title: hit.name,
    titleHtml: snippetHtml(hit.name),
    snippetHtml: snippetHtml(hit.kind === 'community' ? renderMarkdown(hit.about).excerpt : hit.about),
    author: null,
    community: null,
    at: null,
  };
}

function presentText(hit: TextHit): SearchHit {
  return {
    kind: hit.kind,
    id: hit.id,
    url:
      hit.kind === 'comment'
        ? `/posts/${hit.entry_id}?comment=${hit.id}#comment-${hit.id}`
        : `/${hit.kind}s/${hit.id}`,
    title: hit.title,
    titleHtml: snippetHtml(hit.marked),
    snippetHtml: snippetHtml(hit.headline),
    author: { handle: hit.handle, name: hit.name },
    community: hit.slug ? { slug: hit.slug, name: hit.community_name ?? '' } : null,
    at: hit.at.toISOString(),
  };
}
