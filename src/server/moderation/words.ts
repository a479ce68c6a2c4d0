import { invalid } from '../errors.ts';

/** Longest reason or answer, in characters. */
const LONGEST = 2000;

/** Some lines of plain words, trimmed; empty where there are none. */
export function checkWords(field: string, text: unknown): string {
  if (text === undefined || text === null) return '';
  if (typeof text !== 'string') throw invalid(field, 'not_text');
  // Lines stay; other control characters do not.
  const words = text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .toWellFormed()
    .trim();
  if (words.length > LONGEST) throw invalid(field, 'text_too_long');
  return words;
}
