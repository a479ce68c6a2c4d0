import { sql, type RawBuilder } from 'kysely';

/* Two characters of the private use area, which no text keeps, mark the words inside PostgreSQL's headline. */
const START = '\uE000';
const STOP = '\uE001';
const OPTIONS = `StartSel=${START}, StopSel=${STOP}, MaxFragments=2, MaxWords=26, MinWords=10, FragmentDelimiter=" … "`;

/** The part of a text around the words found. Only for rows that are shown: it reads the text again. */
export function snippet(html: RawBuilder<unknown>, query: string): RawBuilder<string> {
  const plain = sql`translate(regexp_replace(left(${html}, 30000), '<[^>]*>', ' ', 'g'), ${START + STOP}, '')`;
  return sql<string>`ts_headline('essaim_fr', ${plain}, ${query}::tsquery, ${OPTIONS})`;
}

/** A headline as safe HTML, the words found in `<mark>`. */
export function snippetHtml(headline: string): string {
  return headline
    .replace(/&(?!(?:#x?[0-9a-f]+|[a-z]+);)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/\s+/g, ' ')
    .trim()
    .replaceAll(START, '<mark>')
    .replaceAll(STOP, '</mark>');
}
