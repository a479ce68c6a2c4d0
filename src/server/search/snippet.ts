import { sql, type RawBuilder } from 'kysely';

/*
 * Characters of the private use area, which no text keeps, mark the words inside PostgreSQL's headline and stand for
 * the two that our HTML escapes: its parser would read an escape as part of the word.
 */
const START = '\uE000';
const STOP = '\uE001';
const LESS = '\uE002';
const AND = '\uE003';
const OPTIONS = `StartSel=${START}, StopSel=${STOP}, MaxFragments=2, MaxWords=26, MinWords=10, FragmentDelimiter=" … "`;

/** The part of a text around the words found. Only for rows that are shown: it reads the text again. */
export function snippet(html: RawBuilder<unknown>, query: string): RawBuilder<string> {
  const text = sql`translate(regexp_replace(left(${html}, 30000), '<[^>]*>', ' ', 'g'), ${START + STOP}, '')`;
  const plain = sql`replace(replace(${text}, '&#x3C;', ${LESS}), '&#x26;', ${AND})`;
  return sql<string>`ts_headline('essaim_fr', ${plain}, ${query}::tsquery, ${OPTIONS})`;
}

/** A headline as safe HTML, the words found in `<mark>`. */
export function snippetHtml(headline: string): string {
  return headline
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\s+/g, ' ')
    .trim()
    .replaceAll(START, '<mark>')
    .replaceAll(STOP, '</mark>')
    .replaceAll(LESS, '&lt;')
    .replaceAll(AND, '&amp;');
}
