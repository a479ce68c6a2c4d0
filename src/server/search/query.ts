import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../platform/db.ts';
import { STOP_WORDS } from './stop-words.ts';

/** What somebody typed, taken apart. */
export interface ParsedQuery {
  words: string[];
  phrases: string[];
  excluded: string[];
  /** The last word may still be in the making: it matches by its beginning. */
  prefix: boolean;
}

const LONGEST_QUERY = 300;
const MOST_TERMS = 24;

/**
 * Reads a search box: `words "a phrase" -excluded`. Elided articles (l', d', qu') and words that say nothing are
 * dropped unless nothing else is there.
 */
export function parseQuery(typed: string): ParsedQuery {
  const text = typed.toWellFormed().slice(0, LONGEST_QUERY).replaceAll('\u0000', ' ');
  const parsed: ParsedQuery = { words: [], phrases: [], excluded: [], prefix: false };
  for (const match of text.matchAll(/(-?)"([^"]*)"?|(\S+)/g)) {
    if (match[3] === undefined) {
      const phrase = (match[2] ?? '').trim();
      if (wordsIn(phrase).length > 0) (match[1] ? parsed.excluded : parsed.phrases).push(phrase);
    } else if (match[3].startsWith('-')) parsed.excluded.push(...wordsIn(match[3]));
    else parsed.words.push(...wordsIn(match[3]));
  }
  const last = text.match(/(\S)$/)?.[1];
  parsed.prefix = last !== undefined && /[\p{L}\p{N}]/u.test(last) && !/(^|\s)-\S*$/.test(text);
  const telling = parsed.words.filter(isTelling);
  if (telling.length > 0 || parsed.phrases.length > 0) {
    parsed.prefix &&= telling.at(-1) === parsed.words.at(-1);
    parsed.words = telling;
  }
  parsed.words = eachOnce(parsed.words).slice(0, MOST_TERMS);
  parsed.phrases = eachOnce(parsed.phrases).slice(0, MOST_TERMS);
  parsed.excluded = eachOnce(parsed.excluded).slice(0, MOST_TERMS);
  return parsed;
}

/** Said again, a term finds nothing more, and costs as much again. The last keeps its place: it may be in the making. */
function eachOnce(terms: string[]): string[] {
  return terms.filter((term, at) => terms.lastIndexOf(term) === at);
}

/** What was typed as one text without what it excludes and without quotation marks: to compare names with. */
export function withoutExclusions(typed: string): string {
  const said = typed
    .replace(/(?<!\S)-(?:"[^"]*"?|\S+)?/g, ' ')
    .replaceAll('"', ' ')
    .trim();
  return wordsIn(said).length > 0 ? said : '';
}

/** Lower case without accents, as names are indexed. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('œ', 'oe')
    .replaceAll('Œ', 'oe')
    .toLowerCase();
}

/** One letter says nothing; a digit does: `lot 3`. */
function isTelling(word: string): boolean {
  return (word.length > 1 || /\p{N}/u.test(word)) && !STOP_WORDS.has(fold(word));
}

/** A point within a number stays: `2.0`. */
function wordsIn(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+(?:(?<=\d)\.(?=\d)[\p{L}\p{N}\p{M}]+)*/gu) ?? [];
}

/**
 * The query as PostgreSQL's text form: the words in their forms, and the same with the last one as a beginning.
 * Null when there is nothing to look for.
 */
export async function compileQuery(
  db: Db,
  query: ParsedQuery,
): Promise<{ exact: string; begun: string } | null> {
  const last = query.words.at(-1);
  const phrases = query.phrases.map(phrase);
  const begun = [...query.words.map((word) => matching(word, query.prefix && word === last)), ...phrases];
  if (begun.length === 0) return null;
  const exact = [...query.words.map((word) => matching(word, false)), ...phrases];
  const refused = query.excluded.map(
    (text) => sql`!!${/^[\p{L}\p{N}\p{M}]+$/u.test(text) ? matching(text, false) : phrase(text)}`,
  );
  const all = (terms: RawBuilder<unknown>[]) => sql`(${sql.join([...terms, ...refused], sql` && `)})::text`;
  const { rows } = await sql<{
    exact: string;
    begun: string;
  }>`select ${all(exact)} as exact, ${all(begun)} as begun`.execute(db);
  return rows[0]?.begun ? rows[0] : null;
}

/** A word in any of its French or English forms, or as typed; `begun`: as the beginning of one, too. */
function matching(word: string, begun: boolean): RawBuilder<unknown> {
  const typed = `'${word}'${begun && word.length > 1 ? ':*' : ''}`;
  return sql`(to_tsquery('essaim_fr', ${`'${word}'`}) || to_tsquery('essaim_en', ${`'${word}'`})
    || to_tsquery('essaim_simple', ${typed}))`;
}

function phrase(text: string): RawBuilder<unknown> {
  return sql`phraseto_tsquery('essaim_simple', words_apart(${text}))`;
}
