import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import { renderMarkdown } from '../platform/markdown.ts';
import { keyText } from '../syndication/origin.ts';
import type { ImportedBlog, ImportedPost } from '../syndication/types.ts';
import { breathe } from '../syndication/xml.ts';

/** What one answer of a feed brings at most: the newest. */
const MOST_ITEMS = 300;
const LONGEST_BODY = 120_000;
const LONGEST_ADDRESS = 2000;

/** An item of a feed, as its key and what it says; the rest is read when it is new. */
export interface FeedItem {
  key: string;
  digest: string;
  post: ImportedPost;
  author: string;
  language: string | null;
}

/** The items of an answer, newest first. */
export function itemsOf(blog: ImportedBlog): FeedItem[] {
  const names = new Map(blog.authors.map(({ key, name }) => [key, name]));
  const language = /^[a-z]{2,3}(?=$|[-_])/i.exec(blog.language ?? '')?.[0].toLowerCase() ?? null;
  const items = blog.posts
    .filter(({ status }) => status === 'published')
    .map((post) => {
      const author = signature(post, names, blog.title);
      const { title, body, url, publishedAt, enclosure } = post;
      const said = JSON.stringify([title, body, url, author, publishedAt, enclosure]);
      const digest = createHash('sha256').update(said).digest('base64url');
      return { key: keyText(post.key), digest, post, author, language };
    });
  const once = [...new Map(items.map((item) => [item.key, item])).values()];
  return once.sort((a, b) => timeOf(b) - timeOf(a)).slice(0, MOST_ITEMS);
}

/** Undated ones stand where the feed has them, before the dated. */
function timeOf({ post }: FeedItem): number {
  return post.publishedAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

/** Who signed, where it is somebody else than the source itself. */
function signature(post: ImportedPost, names: Map<string, string>, title: string): string {
  const signed = [post.author, ...post.coAuthors].flatMap((key) => names.get(key) ?? []);
  const told = signed.filter((name) => name !== title && name !== 'Unknown');
  return told.join(', ').slice(0, 300).toWellFormed();
}

/** When the newest of them came out. */
export function newestOf(items: FeedItem[]): Date | null {
  const times = items.flatMap(({ post }) => post.publishedAt?.getTime() ?? []);
  return times.length ? new Date(Math.max(...times)) : null;
}

/** Keeps what a source says now: new items come, corrected ones change, the others stay as they are. */
export async function storeItems(tx: Tx, sourceId: string, items: FeedItem[]): Promise<void> {
  const keys = items.map(({ key }) => key);
  const { rows } = await sql<{ key: string; digest: string }>`select key, digest from source_items
    where source_id = ${sourceId} and key = any(${keys}::text[])`.execute(tx);
  const known = new Map(rows.map(({ key, digest }) => [key, digest]));
  const changed = items.filter(({ key, digest }) => known.get(key) !== digest);
  await sql`update source_items set seen_at = now() where source_id = ${sourceId} and key = any(${keys}::text[])
    and seen_at < now() - interval '1 day'`.execute(tx);
  if (changed.length === 0) return;
  // In one order everywhere: two who bring the same items wait for each other, and not both.
  const written = (await rowsOf(changed)).sort((a, b) => (a.key < b.key ? -1 : 1));
  await sql`insert into source_items
      (source_id, key, digest, title, url, author, html, excerpt, language, enclosure, published_at)
    select ${sourceId}, key, digest, title, url, author, html, excerpt, language, enclosure, published_at
      from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) given (key text, digest text, title text, url text,
        author text, html text, excerpt text, language text, enclosure jsonb, published_at timestamptz)
    on conflict (source_id, key) do update set digest = excluded.digest, title = excluded.title, url = excluded.url,
      author = excluded.author, html = excluded.html, excerpt = excluded.excerpt, language = excluded.language,
      enclosure = excluded.enclosure, published_at = excluded.published_at, seen_at = now()`.execute(tx);
}

/** Rendering long texts takes its time: others are served in between. */
async function rowsOf(items: FeedItem[]) {
  const rows: ReturnType<typeof rowOf>[] = [];
  for (const item of items) {
    rows.push(rowOf(item));
    await breathe();
  }
  return rows;
}

function rowOf({ key, digest, post, author, language }: FeedItem) {
  const body = post.body || post.excerpt || '';
  const { html, excerpt } = renderMarkdown(body.slice(0, LONGEST_BODY).toWellFormed());
  const text = (value: string, most: number) => value.slice(0, most).toWellFormed().replaceAll('\0', '');
  return {
    key,
    digest,
    title: text(post.title, 300),
    url: post.url && post.url.length <= LONGEST_ADDRESS ? post.url : null,
    author: text(author, 300),
    html: withoutPictures(html),
    excerpt: text(excerpt, 280),
    language,
    enclosure: post.enclosure && post.enclosure.url.length <= LONGEST_ADDRESS ? post.enclosure : null,
    published_at: post.publishedAt,
  };
}

const PICTURE = /<img\b(?:[^>"']|"[^"]*"|'[^']*')*>/g;

/** A picture fetched from its site tells that site who reads, and when: its words stay, it does not. */
function withoutPictures(html: string): string {
  return html.replace(PICTURE, (picture) => {
    return `<span class="picture">${/ alt="([^"]*)"/.exec(picture)?.[1] ?? ''}</span>`;
  });
}
