import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { listedEntries } from '../conversation/sight.ts';
import { beginning, beginningHtml, isCut } from '../conversation/weight.ts';
import { postPath } from '../notifications/paths.ts';
import type { Db } from '../platform/db.ts';
import { escapeHtml } from '../platform/escape-html.ts';
import { say } from '../platform/words.ts';
import type { FeedItem } from './source.ts';

/** The octets of HTML that one feed of entries carries at most. */
const MOST_OCTETS = 2_000_000;

export interface EntryText {
  id: string;
  html: string;
  enclosure: FeedItem['enclosure'];
}

interface EntryRow extends Omit<EntryText, 'html'> {
  /** Null of one that would make the feed too heavy: it shows its excerpt. */
  html: string | null;
  kind: 'post' | 'page';
  excerpt: string;
  source: { url: string; title: string; author: string } | null;
}

/**
 * The texts of entries that have just been read as visible, the first ones first, each with the credit of what it passes
 * on.
 */
export async function textsOf(db: Db, actor: Actor, ids: string[]): Promise<Map<string, EntryText>> {
  const { rows } = await sql<EntryRow>`select entries.id, entries.kind, entries.excerpt, entries.enclosure,
      case when entries.up_to <= ${MOST_OCTETS} then entries.html end as html, coalesce(
      (select json_build_object('url', '/posts/' || o.id, 'title', o.title, 'author', p.name)
        from entries o join people p on p.id = o.author_id
        where o.id = entries.curated_id and ${listedEntries(actor, 'o')}),
      case when entries.source_url is not null then json_build_object('url', entries.source_url,
        'title', entries.source_title, 'author', entries.source_author) end) as source
    from (select *, sum(octet_length(html)) over (order by array_position(${ids}::uuid[], id)
        rows unbounded preceding) as up_to
      from entries where id = any(${ids}::uuid[])) entries`.execute(db);
  return new Map(
    rows.map(({ id, enclosure, ...row }) => [
      id,
      {
        id,
        enclosure,
        html:
          (row.html ?? excerptHtml(actor, `/${row.kind}s/${id}`, row.excerpt)) + credit(actor, row.source),
      },
    ]),
  );
}

/** What stands for a text that is too heavy, and the way to it. */
function excerptHtml({ language }: Actor, path: string, excerpt: string): string {
  return `<p>${escapeHtml(excerpt)}</p>\n<p><a href="${path}">${say(language, 'feeds.readOn')}</a></p>`;
}

/** A line under the text: where it comes from, and whose it is. */
function credit({ language }: Actor, source: EntryRow['source']): string {
  if (!source) return '';
  const title = escapeHtml(source.title || source.url);
  const author = source.author ? `, ${escapeHtml(source.author)}` : '';
  return `\n<p>${say(language, 'feeds.source')} <a href="${escapeHtml(source.url)}">${title}</a>${author}</p>`;
}

interface Said {
  id: string;
  entry_id: string;
  begun: string | null;
  html: string;
}

/** The texts of comments that have just been found as visible; of a long one its beginning. */
export async function commentTextsOf(db: Db, actor: Actor, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } =
    await sql<Said>`select c.id, c.entry_id, case when ${isCut(null)} then ${beginning} end as begun,
      case when ${isCut(null)} then '' else c.html end as html
    from comments c join entries on entries.id = c.entry_id
    where c.id = any(${ids}::uuid[]) and c.listed and ${listedEntries(actor)}`.execute(db);
  return new Map(
    rows.map(({ id, entry_id, begun, html }) => [
      id,
      begun === null ? html : begunHtml(actor, begun, postPath(entry_id, id)),
    ]),
  );
}

/** The beginning of a long comment, and the way to the rest of it. */
export function begunHtml({ language }: Actor, body: string, path: string): string {
  return `${beginningHtml(body)}\n<p><a href="${path}">${say(language, 'comments.readWhole')}</a></p>`;
}
