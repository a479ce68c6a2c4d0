import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { say } from '../platform/words.ts';
import { search, type Kind, type SearchHit } from '../search/search.ts';
import type { TextFilter } from '../search/texts.ts';
import type { FeedItem, FeedSource } from './source.ts';
import { commentTextsOf, textsOf } from './texts.ts';

const FILTERS = ['community', 'person', 'tag', 'from', 'to'] as const;
/** What comes with time: people, communities and tags are found, and have no date. */
const KINDS: readonly Kind[] = ['post', 'page', 'comment'];

const kindIn = (params: URLSearchParams) => KINDS.find((kind) => kind === params.get('kind')) ?? null;

/** What an address says of a search: the words, and what narrows it. */
export function searchIn(params: URLSearchParams): URLSearchParams {
  const kind = kindIn(params);
  return new URLSearchParams([
    ...['q', ...FILTERS].flatMap((name) => {
      const value = params.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
    ...(kind ? [['kind', kind]] : []),
  ]);
}

/** The posts, pages and comments that a search finds, the newest first: a subscriber waits for what comes. */
export async function searched(
  db: Db,
  actor: Actor,
  asked: URLSearchParams,
  most: number,
): Promise<FeedSource> {
  const query = asked.get('q') ?? '';
  const where: TextFilter = Object.fromEntries(FILTERS.map((name) => [name, asked.get(name)]));
  const found = await search(db, actor, {
    ...where,
    ...{ q: query, kind: kindIn(asked), limit: most, order: 'newest' },
  });
  const hits = found.items.filter(({ kind }) => KINDS.includes(kind));
  const idsOf = (said: boolean) =>
    hits.filter(({ kind }) => (kind === 'comment') === said).map(({ id }) => id);
  const [entries, comments] = await Promise.all([
    textsOf(db, actor, idsOf(false)),
    commentTextsOf(db, actor, idsOf(true)),
  ]);
  const named = say(actor.language, 'feeds.search', { query });
  const items = hits.map((hit) =>
    present(
      actor,
      hit,
      query,
      (hit.kind === 'comment' ? comments.get(hit.id) : entries.get(hit.id)?.html) ?? '',
    ),
  );
  return { title: named, description: named, path: `/search?${asked}`, items };
}

function present({ language }: Actor, hit: SearchHit, query: string, html: string): FeedItem {
  const at = new Date(hit.at ?? 0);
  const title = hit.title || query;
  return {
    id: hit.id,
    path: hit.url,
    title: hit.kind === 'comment' ? say(language, 'feeds.comment', { title }) : title,
    summary: '',
    html,
    author: hit.author,
    tags: [],
    publishedAt: at,
    updatedAt: at,
    enclosure: null,
  };
}
