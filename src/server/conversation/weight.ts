/**
 * What one answer of a conversation may carry. A page ends where what it says weighs too much, and goes on behind its
 * last comment; a text that is too long for a list shows its beginning there, and is whole where it is asked for.
 * Texts are weighed by their octets, which the database knows without reading them.
 */
import { sql, type RawBuilder } from 'kysely';
import { escapeHtml } from '../platform/escape-html.ts';
import { renderMarkdown } from '../platform/markdown.ts';

/** The octets that one page of a conversation carries at most, in source and HTML. */
export const MOST_WEIGHT = 500_000;
/** What stands around each comment, whatever it says. */
const FRAME = 800;
/** A comment of more octets, in source and HTML, shows its beginning among others: some 6,000 words of French. */
const LONG = 40_000;
const BEGINNING = 1_000;
/** What a beginning weighs at most: four octets a letter, and its excerpt. */
const CUT_WEIGHT = 6_000;

/** True of a comment in `c` that shows only its beginning: it is long, and not the one that is asked for. */
export function isCut(whole: string | null): RawBuilder<boolean> {
  return sql<boolean>`(octet_length(c.body) + octet_length(c.html) > ${LONG} and c.id is distinct from ${whole}::uuid)`;
}

/**
 * What a comment in `c`, `shown` and `cut` or not, adds to a page. What its reader may not see adds nothing: it must not
 * move where the page ends. The one that is asked for weighs no more than a long one, so that its page holds it with
 * those before it.
 */
export const weight = sql<number>`(${FRAME} + case when not c.shown then 0 when c.cut then ${CUT_WEIGHT}
  else least(octet_length(c.body) + octet_length(c.html), ${LONG}) end)`;

/** Of a cut comment in `c`, as much as is shown. */
export const beginning = sql<string>`left(c.body, ${BEGINNING})`;

/** The beginning of a text in one line, as safe HTML. */
export function beginningHtml(body: string): string {
  const line = renderMarkdown(body).excerpt.replace(/[\s.…]*$/u, '…');
  return `<p>${escapeHtml(line)}</p>`;
}
