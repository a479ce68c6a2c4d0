import { htmlToMarkdown } from '#server/platform/html-to-markdown.ts';
import { imageUrl, linkUrl } from '#server/platform/html-to-markdown-urls.ts';
import { pastDate } from './dates.ts';
import { digestOf, keepOnce } from './each-once.ts';
import { FeedAuthors } from './feed-authors.ts';
import { storable, type FeedDocument, type FeedEntry } from './feed-entry.ts';
import { plainText } from './plain-text.ts';
import { SkippedList } from './skipped.ts';
import { inThreads } from './threads.ts';
import type { Enclosure, ImportedBlog, ImportedComment, ImportedPost } from './types.ts';
import { breathe } from './xml.ts';

/** A feed document as a blog: addresses absolute, texts in Markdown, each entry once. */
export async function blogFrom(
  given: FeedDocument,
  lines: number[],
  feedUrl?: string,
): Promise<ImportedBlog> {
  const document = storable(given);
  const base = resolved(document.base, feedUrl) ?? resolved(document.url, feedUrl) ?? feedUrl;
  const url = resolved(document.url, base) ?? base;
  const title = plainText(document.title);
  const authors = new FeedAuthors(document.people, title);
  const skipped = new SkippedList();
  const posts = new Map<string, ImportedPost>();
  const replies: FeedEntry[] = [];
  const shared = sharedIds(document.entries);
  const known = lines.length === document.entries.length;
  let last = performance.now();
  for (const [index, entry] of document.entries.entries()) {
    const line = (known ? lines[index] : undefined) ?? 1;
    const kind = entry.blogger?.kind ?? 'post';
    if (kind === 'comment') replies.push(entry);
    else if (kind !== 'post' && kind !== 'page')
      skipped.count(line, kind, (n) => `${n} of type ${kind.slice(0, 60)}`);
    else {
      const post = postFrom(entry, { line, base, authors, shared });
      if (!post) skipped.add(line, 'An entry without title, text and address');
      else keepOnce(post, posts, skipped, 'feed');
    }
    if (performance.now() - last > 30) {
      await breathe();
      last = performance.now();
    }
  }
  attachReplies(replies, posts, base, skipped);
  const language = document.language?.trim();
  return {
    title,
    ...(url && { url }),
    ...(language && { language }),
    authors: authors.named(),
    posts: [...posts.values()],
    skipped: skipped.list(),
  };
}

interface Around {
  line: number;
  base?: string;
  authors: FeedAuthors;
  shared: Set<string>;
}

function postFrom(entry: FeedEntry, { line, base, authors, shared }: Around): ImportedPost | undefined {
  const url = resolved(entry.url, resolved(entry.base, base) ?? base);
  const baseUrl = resolved(entry.base, base) ?? url ?? base;
  const title = plainText(entry.title);
  const body = htmlToMarkdown(entry.html ?? '', { baseUrl });
  const excerpt = entry.summary ? htmlToMarkdown(entry.summary, { baseUrl }) : '';
  const published = pastDate(entry.published);
  const updated = pastDate(entry.updated);
  const enclosure = enclosureOf(entry, baseUrl);
  const cover = entry.images.map((image) => imageUrl(image, baseUrl)).find((image) => image !== undefined);
  if (!title && !body && !url && !enclosure && !cover) return undefined;
  const id = entry.id?.trim();
  const key =
    id && !shared.has(id)
      ? id
      : [id, url ?? digestOf(title, body, entry.published)].filter(Boolean).join('#');
  return {
    key,
    line,
    ...authors.of(entry.people),
    kind: entry.blogger?.kind === 'page' ? 'page' : 'post',
    status: entry.draft ? 'draft' : 'published',
    title,
    body,
    ...(excerpt && excerpt !== body && { excerpt }),
    ...(url && { url }),
    publishedAt: entry.draft ? null : (published ?? null),
    ...(updated && (!published || updated > published) && { updatedAt: updated }),
    tags: tagsOf(entry),
    comments: [],
    ...(enclosure && { enclosure }),
    ...(cover && { cover }),
  };
}

/** Ids that a careless feed gives to entries with different addresses, and that so identify nothing. */
function sharedIds(entries: FeedEntry[]): Set<string> {
  const firstUrl = new Map<string, string>();
  const shared = new Set<string>();
  for (const { id, url, title } of entries) {
    if (!id) continue;
    const seen = firstUrl.get(id.trim());
    const address = url ?? title ?? '';
    if (seen === undefined) firstUrl.set(id.trim(), address);
    else if (seen !== address) shared.add(id.trim());
  }
  return shared;
}

function resolved(address: string | undefined, base: string | undefined): string | undefined {
  const url = linkUrl(address, base);
  return url && /^https?:/i.test(url) ? url : undefined;
}

function enclosureOf(entry: FeedEntry, baseUrl: string | undefined): Enclosure | undefined {
  for (const { url, type, length, duration } of entry.media) {
    const address = resolved(url, baseUrl);
    if (!address) continue;
    return {
      url: address,
      ...(type && { type: type.slice(0, 100).toWellFormed() }),
      ...(length && length > 0 && { length }),
      ...(duration && duration > 0 && { duration }),
    };
  }
  return undefined;
}

function tagsOf(entry: FeedEntry): string[] {
  const tags = new Map<string, string>();
  for (const each of entry.tags) {
    const tag = plainText(each);
    if (tag && tag.length <= 100 && !/^uncategori[sz]ed$|^non classé$/i.test(tag))
      tags.set(tag.toLowerCase(), tag);
  }
  return [...tags.values()];
}

function attachReplies(
  replies: FeedEntry[],
  posts: Map<string, ImportedPost>,
  baseUrl: string | undefined,
  skipped: SkippedList,
): void {
  const byPost = new Map<ImportedPost, ImportedComment[]>();
  for (const reply of replies) {
    const post = posts.get(reply.blogger?.post ?? '');
    if (!post) {
      skipped.count(1, 'lost', (n) => `${n} on posts that are not in the file`, ['comment', 'comments']);
      continue;
    }
    byPost.set(post, [...(byPost.get(post) ?? []), commentFrom(reply, post, replies, baseUrl)]);
  }
  for (const [post, comments] of byPost) post.comments = inThreads(comments);
}

function commentFrom(
  reply: FeedEntry,
  post: ImportedPost,
  replies: FeedEntry[],
  baseUrl: string | undefined,
): ImportedComment {
  const parent = reply.blogger?.parent;
  const parentKey = parent && replies.find(({ id }) => id?.endsWith(`-${parent}`))?.id;
  return {
    key: reply.id ?? digestOf(reply.html, reply.published),
    ...(parentKey && { parentKey }),
    kind: 'comment',
    author: FeedAuthors.commenter(reply.people[0]),
    body: htmlToMarkdown(reply.html ?? '', { baseUrl }),
    at: pastDate(reply.published) ?? post.publishedAt ?? new Date(0),
  };
}
