import { htmlToMarkdown } from '#server/platform/html-to-markdown.ts';
import { pastDate } from '../syndication/dates.ts';
import { keepOnce } from '../syndication/each-once.ts';
import { firstWords, plainText } from '../syndication/plain-text.ts';
import { SkippedList } from '../syndication/skipped.ts';
import type { ImportedBlog, ImportedPost, ImportSource } from '../syndication/types.ts';
import { WxrAttachments } from './wxr-attachments.ts';
import { WxrAuthors } from './wxr-authors.ts';
import { commentsOf } from './wxr-comments.ts';
import { field, readWxrRecords, type WxrRecords } from './wxr-records.ts';
import { breathe, type XmlElement } from '../syndication/xml.ts';

interface Reading {
  blogUrl?: string;
  authors: WxrAuthors;
  attachments: WxrAttachments;
  skipped: SkippedList;
}

/**
 * Reads a WordPress export (WXR 1.0 to 1.2): posts and pages with their comments, texts in Markdown. Throws
 * `ImportError` when the file is broken or something else.
 */
export async function parseWxr(source: ImportSource): Promise<ImportedBlog> {
  const records = await readWxrRecords(source);
  const title = plainText(records.channel.get('title')?.text);
  const blogUrl = addressOfBlog(records);
  const reading: Reading = {
    blogUrl,
    authors: new WxrAuthors(records.authors, title),
    attachments: new WxrAttachments(records.items),
    skipped: new SkippedList(),
  };
  const posts = new Map<string, ImportedPost>();
  let last = performance.now();
  for (const item of records.items) {
    const post = readPost(item, reading);
    if (!post) continue;
    const id = field(item, 'wp:post_id');
    if (id && posts.has(post.key)) post.key += `#post-${id}`;
    keepOnce(post, posts, reading.skipped, 'file');
    if (performance.now() - last > 30) {
      await breathe();
      last = performance.now();
    }
  }
  const language = records.channel.get('language')?.text.trim();
  return {
    title,
    ...(blogUrl && { url: blogUrl }),
    ...(language && { language }),
    authors: reading.authors.named(),
    posts: [...posts.values()],
    skipped: reading.skipped.list(),
  };
}

function addressOfBlog({ channel }: WxrRecords): string | undefined {
  const candidates = ['link', 'wp:base_blog_url', 'wp:base_site_url'].map((name) =>
    channel.get(name)?.text.trim(),
  );
  return candidates.find((url) => url && /^https?:/i.test(url) && URL.canParse(url));
}

function readPost(item: XmlElement, reading: Reading): ImportedPost | undefined {
  const { skipped, authors, attachments, blogUrl } = reading;
  const kind = field(item, 'wp:post_type') || 'post';
  if (kind === 'attachment') return undefined;
  if (kind !== 'post' && kind !== 'page') {
    skipped.count(item.line, kind, (n) => `${n} of type ${kind.slice(0, 60)}, neither post nor page`);
    return undefined;
  }
  const status = statusOf(item);
  if (!status) {
    const given = field(item, 'wp:status').slice(0, 60);
    skipped.count(item.line, `status ${given}`, (n) => `${n} with status ${given}`);
    return undefined;
  }
  const key = keyOf(item, blogUrl);
  const at = dateOf(item);
  const modified = pastDate(field(item, 'wp:post_modified_gmt')) ?? pastDate(field(item, 'wp:post_modified'));
  const updatedAt = modified ?? (status === 'draft' ? at : undefined);
  const baseUrl = addressOf(item, blogUrl) ?? blogUrl;
  const gallery = attachments.galleryOf(field(item, 'wp:post_id'));
  const markdown = (html: string) => htmlToMarkdown(html, { wordpress: true, baseUrl, gallery });
  const excerpt = markdown(field(item, 'excerpt:encoded'));
  const enclosure = attachments.enclosureOf(item, baseUrl);
  const cover = attachments.coverOf(item, baseUrl);
  const url = addressOf(item, blogUrl);
  return {
    key,
    line: item.line,
    ...authors.of(item),
    kind,
    status,
    title: plainText(field(item, 'title')),
    body: markdown(field(item, 'content:encoded')),
    ...(excerpt && { excerpt }),
    ...(url && { url }),
    publishedAt: status === 'draft' ? null : (at ?? null),
    ...(updatedAt && { updatedAt }),
    tags: tagsOf(item),
    comments: commentsOf(item, key, { authors, skipped, baseUrl, writtenAt: at }),
    ...(enclosure && { enclosure }),
    ...(cover && { cover }),
  };
}

function statusOf(item: XmlElement): ImportedPost['status'] | undefined {
  const status = field(item, 'wp:status') || 'publish';
  if (/^(trash|auto-draft|inherit)$/.test(status)) return undefined;
  if (status === 'private' || (status === 'publish' && field(item, 'wp:post_password'))) return 'private';
  return status === 'publish' ? 'published' : 'draft';
}

function keyOf(item: XmlElement, blogUrl: string | undefined): string {
  const id = field(item, 'wp:post_id');
  return (
    field(item, 'guid') ||
    addressOf(item, blogUrl) ||
    `${blogUrl ?? ''}#post-${id || firstWords(field(item, 'title'))}`
  );
}

function addressOf(item: XmlElement, blogUrl: string | undefined): string | undefined {
  const link = field(item, 'link');
  if (!link || !URL.canParse(link, blogUrl)) return undefined;
  const url = new URL(link, blogUrl);
  return /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** GMT; for drafts and old exports that is zero, and the blog's local time has to do. */
function dateOf(item: XmlElement): Date | undefined {
  const dates = ['wp:post_date_gmt', 'wp:post_date', 'pubdate'].map((name) => pastDate(field(item, name)));
  return dates.find((date) => date !== undefined);
}

const noTag =
  /^(uncategori[sz]ed|non[ -]class[eé]e?|non-classifiee?|sans-categorie|sin-categoria|allgemein|senza-categoria)$/i;

/** Categories and tags alike. WXR 1.0 writes each twice, and WordPress gives those without one a category too. */
function tagsOf(item: XmlElement): string[] {
  const tags = new Map<string, string>();
  for (const { name, attributes, text } of item.children) {
    if (name !== 'category' || !/^(category|post_tag|tag)$/.test(attributes.domain ?? 'category')) continue;
    const tag = plainText(text);
    const ignored = noTag.test(attributes.nicename ?? '') || noTag.test(tag);
    if (tag && !ignored && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  return [...tags.values()];
}
