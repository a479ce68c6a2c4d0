import type { Actor } from '../actor.ts';
import { invalid } from '../errors.ts';
import { tagSlug } from '../conversation/tags.ts';
import type { Db } from '../platform/db.ts';
import { isStorable, pageSize } from '../platform/keyset.ts';
import { renderMarkdown } from '../platform/markdown.ts';
import { findNames, type NameHit } from './names.ts';
import { compileQuery, fold, parseQuery, withoutExclusions } from './query.ts';
import { snippetHtml } from './snippet.ts';
import {
  findTexts,
  isNarrowed,
  MOST_CANDIDATES,
  type TextFilter,
  type TextHit,
  type Weighable,
} from './texts.ts';

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

const NAMES: NameHit['kind'][] = ['person', 'community', 'tag'];
const NAMES_BESIDE_TEXTS = 3;

/**
 * Searches posts, pages, comments, people, communities and tags that the actor may see: words in any French or English
 * form, `"phrases"`, `-exclusions`, the last word by its beginning. On the first page of a search over everything,
 * the nearest names come before the texts.
 */
export async function search(db: Db, actor: Actor, query: SearchQuery): Promise<SearchPage> {
  const limit = pageSize(query.limit);
  const skip = readCursor(query.cursor);
  const { kind, q = '' } = query;
  if (kind && !KINDS.includes(kind)) throw invalid('kind', 'unknown_kind');
  const filter = readFilter(query);
  if (kind && !isText(kind)) return searchNames(db, actor, q, { kind, skip, limit });
  const compiled = await compileQuery(db, parseQuery(q));
  const kinds: Weighable[] = kind ? [kind] : ['entry', 'comment'];
  const everything = !kind && skip === 0 && !isNarrowed(filter);
  const [names, said] = await Promise.all([
    everything ? findNames(db, actor, nameIn(q), { kinds: NAMES, skip: 0, limit: NAMES_BESIDE_TEXTS }) : [],
    compiled
      ? findTexts(db, actor, compiled, { ...filter, kinds, skip, limit: limit + 1 })
      : { hits: [], found: 0, more: false },
  ]);
  return {
    items: [...names.map(presentName), ...said.hits.slice(0, limit).map(presentText)],
    next: said.hits.length > limit ? String(skip + limit) : null,
    found: { texts: said.found, more: said.more },
  };
}

async function searchNames(
  db: Db,
  actor: Actor,
  q: string,
  { kind, skip, limit }: { kind: NameHit['kind']; skip: number; limit: number },
): Promise<SearchPage> {
  const names = await findNames(db, actor, nameIn(q), { kinds: [kind], skip, limit: limit + 1 });
  return {
    items: names.slice(0, limit).map(presentName),
    next: names.length > limit ? String(skip + limit) : null,
    found: { texts: 0, more: false },
  };
}

/** What was typed, as names are compared with it. */
function nameIn(q: string): string {
  return fold(withoutExclusions(q)).trim().slice(0, 100).toWellFormed().replaceAll('\u0000', '');
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
