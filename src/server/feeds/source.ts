import type { Actor } from '../actor.ts';
import { readCommunity } from '../communities/read.ts';
import { readProfile } from '../communities/profile.ts';
import type { Enclosure, EntrySummary } from '../conversation/present.ts';
import { readTag } from '../conversation/tags.ts';
import { notFound } from '../errors.ts';
import { listFeed } from '../feed/list.ts';
import type { Db } from '../platform/db.ts';
import { say } from '../platform/words.ts';
import { conversationOf } from './conversation.ts';
import { searched } from './search.ts';
import { textsOf, type EntryText } from './texts.ts';

/** What a feed holds at most. */
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

/**
 * Reads the list behind `/feeds/PATH`: `all`, `following`, `communities/SLUG`, `people/HANDLE`, `tags/TAG`, `posts/ID` (what
 * is said there), `search` (with what `searchIn` of `search.ts` found). It holds what the actor may see, and nothing of the rest.
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
  if (kind === 'search' && key === undefined) return searched(db, actor, asked, MOST_ITEMS);
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
