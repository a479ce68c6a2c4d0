import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { readCommunity } from '../communities/read.ts';
import { readProfile } from '../communities/profile.ts';
import type { Enclosure, EntrySummary } from '../conversation/present.ts';
import { listedEntries } from '../conversation/sight.ts';
import { readTag } from '../conversation/tags.ts';
import { notFound } from '../errors.ts';
import { listFeed } from '../feed/list.ts';
import type { Db } from '../platform/db.ts';
import { say } from '../platform/words.ts';
import { search } from '../search/search.ts';
import type { TextFilter } from '../search/texts.ts';
import { conversationOf } from './conversation.ts';

const MOST_ITEMS = 50;

/** One thing in a feed: an entry with its text, or a place found by a search. */
export interface FeedItem {
  id: string;
  /** Path on this network. */
  path: string;
  title: string;
  summary: string;
  html: string;
  author: { name: string; handle: string } | null;
  tags: string[];
  publishedAt: Date;
  updatedAt: Date;
  enclosure: Enclosure | null;
}

/** A list of this network that can be subscribed to. */
export interface FeedSource {
  title: string;
  description: string;
  /** Path of the page that shows the same list. */
  path: string;
  items: FeedItem[];
}

const FILTERS = ['community', 'person', 'tag', 'from', 'to'] as const;

/** What an address says of a search: the words, and what narrows it. */
export function searchIn(params: URLSearchParams): URLSearchParams {
  return new URLSearchParams(
    ['q', ...FILTERS].flatMap((name) => {
      const value = params.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

/**
 * Reads the list behind `/feeds/PATH`: `all`, `following`, `communities/SLUG`, `people/HANDLE`, `tags/TAG`, `posts/ID` (what
 * is said there), `search` (with what `searchIn` found). It holds what the actor may see, and nothing of the rest.
 */
export async function readFeed(
  db: Db,
  actor: Actor,
  path: string,
  asked: URLSearchParams,
): Promise<FeedSource> {
  const [kind, key, ...more] = path.split('/');
  if (more.length > 0) throw notFound();
  const title = (words: Parameters<typeof say>[1], params: Record<string, string> = {}) =>
    say(actor.language, words, params);
  if (kind === 'search' && key === undefined) return searched(db, actor, asked);
  if ((kind === 'all' || kind === 'following') && key === undefined) {
    const items = await entries(db, actor, { scope: kind });
    return {
      title: title(`feeds.${kind}`),
      description: title(`feeds.${kind}`),
      path: `/?scope=${kind}`,
      items,
    };
  }
  if (!key) throw notFound();
  if (kind === 'posts') return conversationOf(db, actor, key, MOST_ITEMS);
  if (kind === 'communities') {
    const community = await readCommunity(db, actor, key);
    const items = await entries(db, actor, { community: key });
    return { title: community.name, description: community.description, path: `/communities/${key}`, items };
  }
  if (kind === 'people') {
    const person = await readProfile(db, actor, key);
    const items = await entries(db, actor, { person: key });
    const named = title('feeds.person', { name: person.name });
    return { title: named, description: person.headline || named, path: `/people/${person.handle}`, items };
  }
  if (kind === 'tags') {
    const tag = await readTag(db, actor, key);
    const named = title('feeds.tag', { tag: tag.label });
    const items = await entries(db, actor, { tag: tag.slug });
    return { title: named, description: named, path: `/tags/${tag.slug}`, items };
  }
  throw notFound();
}

async function entries(db: Db, actor: Actor, where: Parameters<typeof listFeed>[2]): Promise<FeedItem[]> {
  const { items } = await listFeed(db, actor, { ...where, limit: MOST_ITEMS });
  const texts = await textsOf(
    db,
    actor,
    items.map((item) => item.id),
  );
  return items.map((item) => presentEntry(item, texts.get(item.id)));
}

interface EntryText {
  id: string;
  html: string;
  enclosure: FeedItem['enclosure'];
  source: { url: string; title: string; author: string } | null;
}

/** The texts of entries that have just been read as visible, each with the credit of what it passes on. */
async function textsOf(db: Db, actor: Actor, ids: string[]): Promise<Map<string, EntryText>> {
  const { rows } = await sql<EntryText>`select entries.id, entries.html, entries.enclosure, coalesce(
      (select json_build_object('url', '/posts/' || o.id, 'title', o.title, 'author', p.name)
        from entries o join people p on p.id = o.author_id
        where o.id = entries.curated_id and ${listedEntries(actor, 'o')}),
      case when entries.source_url is not null then json_build_object('url', entries.source_url,
        'title', entries.source_title, 'author', entries.source_author) end) as source
    from entries where entries.id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, { ...row, html: row.html + credit(actor, row) }]));
}

/** A line under the text: where it comes from, and whose it is. */
function credit({ language }: Actor, { source }: EntryText): string {
  if (!source) return '';
  const title = escaped(source.title || source.url);
  const author = source.author ? `, ${escaped(source.author)}` : '';
  return `\n<p>${say(language, 'feeds.source')} <a href="${escaped(source.url)}">${title}</a>${author}</p>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function presentEntry(item: EntrySummary, text: EntryText | undefined): FeedItem {
  const published = new Date(item.publishedAt);
  return {
    id: item.id,
    path: `/posts/${item.id}`,
    title: item.title || item.excerpt.slice(0, 80),
    summary: item.excerpt,
    html: text?.html ?? '',
    author: { name: item.author.name, handle: item.author.handle },
    tags: item.tags.map((tag) => tag.label),
    publishedAt: published,
    updatedAt: item.editedAt ? new Date(item.editedAt) : published,
    enclosure: text?.enclosure ?? null,
  };
}

/** What a search finds, the newest first: a subscriber waits for what comes. */
async function searched(db: Db, actor: Actor, asked: URLSearchParams): Promise<FeedSource> {
  const query = asked.get('q') ?? '';
  const where: TextFilter = Object.fromEntries(FILTERS.map((name) => [name, asked.get(name)]));
  const found = await search(db, actor, {
    ...where,
    ...{ q: query, kind: 'post', limit: MOST_ITEMS, order: 'newest' },
  });
  const named = say(actor.language, 'feeds.search', { query });
  const texts = await textsOf(
    db,
    actor,
    found.items.map((hit) => hit.id),
  );
  const items = found.items.map((hit): FeedItem => {
    const at = new Date(hit.at ?? 0);
    return {
      id: hit.id,
      path: hit.url,
      title: hit.title || query,
      summary: '',
      html: texts.get(hit.id)?.html ?? '',
      author: hit.author,
      tags: [],
      publishedAt: at,
      updatedAt: at,
      enclosure: null,
    };
  });
  return { title: named, description: named, path: `/search?${asked}`, items };
}
