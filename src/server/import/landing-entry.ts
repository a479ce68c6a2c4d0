import { randomUUIDv7 } from 'node:crypto';
import { LONGEST_TEXT } from '../conversation/text.ts';
import { renderMarkdown } from '../platform/markdown.ts';
import type { ImportedBlog, ImportedPost } from './types.ts';

export interface Home {
  communityId: string | null;
  everyone: boolean;
}

export type LandingEntry = ReturnType<typeof entryRow>;

/** The same for the same post in every import of the same blog. */
export function originKey(blog: ImportedBlog, post: ImportedPost): string {
  return `${blog.url ?? blog.title} ${post.key}`.slice(0, 1000);
}

/**
 * The row of an imported post. A private one arrives as its author's draft and keeps its date; a link back to where
 * it came from stands as its source.
 */
export function entryRow(
  blog: ImportedBlog,
  post: ImportedPost,
  authorId: string,
  coAuthors: string[],
  home: Home,
) {
  const signed = coAuthors.length > 0 ? `\n\n*— ${coAuthors.join(', ')}*` : '';
  const body = (post.body + signed).slice(0, LONGEST_TEXT).toWellFormed().replaceAll('\u0000', '');
  const rendered = renderMarkdown(body);
  const published = post.status === 'published';
  const at = post.publishedAt ?? post.updatedAt ?? new Date();
  const url = post.url && /^https?:\/\//i.test(post.url) ? post.url : null;
  return {
    id: randomUUIDv7(),
    author_id: authorId,
    community_id: home.communityId,
    everyone: home.everyone,
    title: oneLine(post.title).slice(0, 300).toWellFormed(),
    body,
    html: rendered.html,
    excerpt: post.excerpt ? renderMarkdown(post.excerpt).excerpt : rendered.excerpt,
    reading_minutes: rendered.readingMinutes,
    cover: post.cover && /^https?:\/\//i.test(post.cover) ? post.cover : null,
    source_url: url,
    source_title: url && oneLine(blog.title).slice(0, 300).toWellFormed(),
    source_author: url && '',
    enclosure: enclosureOf(post),
    origin_key: originKey(blog, post),
    status: published ? ('published' as const) : ('draft' as const),
    created_at: at,
    published_at: published || post.status === 'private' ? at : null,
    edited_at: null,
    activity_at: at,
  };
}

function enclosureOf({ enclosure }: ImportedPost): string | null {
  if (!enclosure || !/^https?:\/\//i.test(enclosure.url)) return null;
  const { url, type = 'application/octet-stream', length = 0 } = enclosure;
  return JSON.stringify({ url, type, length });
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
