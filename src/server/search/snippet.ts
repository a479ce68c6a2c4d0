import { sql, type RawBuilder } from 'kysely';

/*
 * Characters of the private use area, which no text keeps, mark the words inside PostgreSQL's headline. They also stand
 * for the two characters that our HTML escapes, and for those between two words that its parser would take for a part of
 * one (as `words_apart` says).
 */
const START = '\uE000';
const STOP = '\uE001';
const LESS = '\uE002';
const AND = '\uE003';
const SIGNS = '/_@-+.';
const STOOD_FOR = '\uE004\uE005\uE006\uE007\uE008\uE009';
const POINT = STOOD_FOR.slice(-1);
const MARKS = `StartSel=${START}, StopSel=${STOP}`;
const PIECES = `${MARKS}, MaxFragments=2, MaxWords=26, MinWords=16, FragmentDelimiter=" … "`;

/** The part of a text around the words found. Only for rows that are shown: it reads the text again. */
export function snippet(html: RawBuilder<unknown>, query: string): RawBuilder<string> {
  const text = sql`regexp_replace(regexp_replace(left(${html}, 30000), ${INLINE}, '', 'gi'), '<[^>]*>', ' ', 'g')`;
  const plain = sql`replace(replace(${withoutOurs(text)}, '&#x3C;', ${LESS}), '&#x26;', ${AND})`;
  return headline(plain, query, PIECES);
}

/** A short text as a whole, the words found marked. */
export function marked(text: RawBuilder<unknown>, query: string): RawBuilder<string> {
  return headline(sql`replace(${withoutOurs(text)}, '<', ${LESS})`, query, `${MARKS}, HighlightAll=true`);
}

/** Tags within a word or a sentence, where no space stands. */
const INLINE = '</?(a|abbr|b|code|del|em|i|s|span|strong|sub|sup|u)( [^>]*)?>';

function withoutOurs(text: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`translate(${text}, ${START + STOP + LESS + AND + STOOD_FOR}, '')`;
}

function headline(plain: RawBuilder<unknown>, query: string, options: string): RawBuilder<string> {
  const apart = sql`translate(regexp_replace(${plain}, '(?<![0-9])[.]|[.](?![0-9])', ${POINT}, 'g'),
    ${SIGNS.slice(0, -1)}, ${STOOD_FOR.slice(0, -1)})`;
  return sql<string>`ts_headline('essaim_fr', ${apart}, ${query}::tsquery, ${options})`;
}

/** A headline as safe HTML, the words found in `<mark>`. */
export function snippetHtml(headline: string): string {
  return headline
    .replace(/[\uE004-\uE009]/g, (sign) => SIGNS[STOOD_FOR.indexOf(sign)] ?? '')
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
