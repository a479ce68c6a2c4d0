import { LONGEST_TEXT } from '../conversation/text.ts';
import { renderMarkdown } from '../platform/markdown.ts';
import { newId } from '../platform/new-id.ts';
import type { Home } from '../posts/home.ts';
import { postKey } from '../syndication/origin.ts';
import type { ImportedBlog, ImportedPost } from '../syndication/types.ts';

export type LandingEntry = ReturnType<typeof entryRow>;

const LONGEST_ADDRESS = 2000;

/**
 * The row of an imported post. A private one arrives as its author's draft and keeps its date; a link back to where
 * it came from stands as its source.
 */
export function entryRow(
  blog: ImportedBlog,
  post: ImportedPost,
  {
    authorId,
    coAuthors,
    home,
    origin,
  }: { authorId: string; coAuthors: string[]; home: Home; origin: string },
) {
  const signed = coAuthors.length > 0 ? `\n\n*— ${coAuthors.map(literal).join(', ')}*` : '';
  const body =
    post.body
      .slice(0, LONGEST_TEXT - signed.length)
      .toWellFormed()
      .replaceAll('\u0000', '') + signed;
  const rendered = renderMarkdown(body);
  const published = post.status === 'published';
  const at = post.publishedAt ?? post.updatedAt ?? new Date();
  const url = webAddress(post.url);
  return {
    id: newId(),
    author_id: authorId,
    community_id: home.communityId,
    everyone: home.everyone,
    title: oneLine(post.title).slice(0, 300).toWellFormed(),
    body,
    html: rendered.html,
    excerpt: post.excerpt ? renderMarkdown(post.excerpt).excerpt : rendered.excerpt,
    reading_minutes: rendered.readingMinutes,
    cover: webAddress(post.cover),
    source_url: url,
    source_title: url && oneLine(blog.title).slice(0, 300).toWellFormed(),
    source_author: url && '',
    enclosure: enclosureOf(post),
    origin_key: postKey(origin, post.key),
    status: published ? ('published' as const) : ('draft' as const),
    created_at: at,
    published_at: published || post.status === 'private' ? at : null,
    edited_at: null,
  };
}

function enclosureOf({ enclosure }: ImportedPost): string | null {
  const url = webAddress(enclosure?.url);
  if (!enclosure || !url) return null;
  const { type = typeByEnding(url), length = 0 } = enclosure;
  return JSON.stringify({ url, type, length });
}

/** Old feeds leave the type out. */
function typeByEnding(url: string): string {
  const ending = /\.(\w+)$/.exec(URL.parse(url)?.pathname ?? '')?.[1]?.toLowerCase() ?? '';
  const types: Record<string, string> = {
    mp3: 'audio/mpeg',
    m4a: 'audio/mp4',
    ogg: 'audio/ogg',
    opus: 'audio/ogg',
    wav: 'audio/wav',
  };
  return types[ending] ?? 'application/octet-stream';
}

/** An address that may stand as a link; null for any other, and for one that nobody would type. */
export function webAddress(address: string | undefined): string | null {
  return address && address.length <= LONGEST_ADDRESS && /^https?:\/\//i.test(address)
    ? address.toWellFormed().replaceAll('\u0000', '')
    : null;
}

/** A name inside Markdown. */
function literal(name: string): string {
  return oneLine(name)
    .toWellFormed()
    .slice(0, 120)
    .replace(/[\\`*_[\]<>~|@#&]/g, '\\$&');
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
