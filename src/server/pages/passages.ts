import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { addComment } from '../conversation/comment.ts';
import { personJson } from '../conversation/person.ts';
import type { Page } from '../conversation/present.ts';
import { visibleComments, visibleEntries } from '../conversation/sight.ts';
import { invalid, notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { decodeCursor, isId, page, pageSize } from '../platform/keyset.ts';
import type { Passage } from './present.ts';
import { standsIn } from './quoted.ts';
import { requireSeen } from './seen.ts';

const LONGEST_QUOTE = 600;
const LONGEST_AROUND = 64;

/** What somebody says beside a passage of a page. */
export interface PassageComment {
  /** The words of the passage, as they are read. */
  quote: string;
  /** A few words before and behind it, by which it is found where the same words stand twice. */
  before?: string | null;
  after?: string | null;
  /** The version that he had before him: the page may have changed since. */
  version?: number | string | null;
  body: string;
}

/**
 * Says something beside a passage. It is a comment like any other, with the passage quoted above it: whoever reads it in
 * a mail, a feed or long after the passage is gone knows what it was about.
 */
export async function commentPassage(
  tx: Tx,
  actor: Actor,
  pageId: string,
  input: PassageComment,
): Promise<{ id: string }> {
  const quote = words(input.quote);
  if (quote === '') throw invalid('quote', 'page_passage_missing');
  if (quote.length > LONGEST_QUOTE) throw invalid('quote', 'page_passage_too_long');
  await requireSeen(tx, actor, pageId);
  if (!(await standsIn(tx, pageId, quote, Number(input.version ?? 0))))
    throw invalid('quote', 'page_passage_elsewhere');
  if (typeof input.body !== 'string' || input.body.trim() === '') throw invalid('body', 'text_empty');
  const { id } = await addComment(tx, actor, {
    entryId: pageId,
    body: `> ${escaped(quote)}\n\n${input.body}`,
  });
  const [before, after] = [words(input.before ?? ''), words(input.after ?? '')];
  await sql`insert into page_passages (comment_id, page_id, quote, before, after)
    values (${id}, ${pageId}, ${quote}, ${before.slice(-LONGEST_AROUND).toWellFormed()},
      ${after.slice(0, LONGEST_AROUND).toWellFormed()})`.execute(tx);
  return { id };
}

/** The passages of a page beside which something was said that the actor may read, what was said last first. */
export async function passagesOf(
  db: Db,
  actor: Actor,
  pageId: string,
  where: { cursor?: string | null | undefined; limit?: number | string | null | undefined } = {},
): Promise<Page<Passage>> {
  if (!isId(pageId)) throw notFound();
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const before = from ? sql`(c.created_at, c.id) < (${from.at}::timestamptz, ${from.id}::uuid)` : sql`true`;
  const { rows } = await sql<Passage & { at: Date }>`
    select passage.comment_id as "commentId", quote, before, after, ${personJson('p')} as author, c.created_at as at
    from page_passages passage join comments c on c.id = passage.comment_id and c.listed
      join entries on entries.id = passage.page_id join people p on p.id = c.author_id
    where passage.page_id = ${pageId} and ${visibleEntries(actor)} and ${visibleComments(actor, 'c')}
      and ${before}
    order by c.created_at desc, c.id desc limit ${limit + 1}`.execute(db);
  if (rows.length === 0) await requireSeen(db, actor, pageId);
  const { items, next } = page(rows, limit, ({ at, commentId }) => ({ at: at.toISOString(), id: commentId }));
  return { items: items.map(({ at: _, ...passage }) => passage), next };
}

/** In one line. */
function words(text: unknown): string {
  return typeof text === 'string'
    ? text.replaceAll('\u0000', '').replace(/\s+/gu, ' ').trim().toWellFormed()
    : '';
}

/** Words that Markdown reads as nothing but words. Whom the passage names is not called by who quotes it. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*_[\]<>#|~!&]/g, '\\$&')
    .replaceAll('@', '@\u2060')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^[-+=]/, '\\$&');
}
