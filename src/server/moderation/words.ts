import { invalid } from '../errors.ts';

/** Longest reason or answer, in characters. */
const LONGEST = 2000;

/** Some lines of plain words, trimmed; empty where there are none. */
export function checkWords(field: string, text: unknown): string {
  if (text === undefined || text === null) return '';
  if (typeof text !== 'string') throw invalid(field, 'not_text');
  // eslint-disable-next-line no-control-regex -- they are what is taken out; lines stay
  const words = text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .toWellFormed()
    .trim();
  if (words.length > LONGEST) throw invalid(field, 'text_too_long');
  return words;
}
