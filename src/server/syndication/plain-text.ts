import { toText } from 'hast-util-to-text';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';
import { balanceHtml } from '#server/platform/html-to-markdown-balance.ts';

const parser = unified().use(rehypeParse, { fragment: true });

/** One line of text out of a field that may hold HTML: tags gone, entities read, white space simple. */
export function plainText(field: string | undefined): string {
  if (!field) return '';
  const text = /[<&]/.test(field) ? toText(parser.parse(balanceHtml(field).join(''))) : field;
  return text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
}

/** A name, as two spellings of it compare: case, accents, spaces and punctuation do not count. */
export function sameName(name: string): string {
  return plainText(name)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\p{P}\s]+/gu, ' ')
    .trim();
}

/** The first words of a text, for what has no title of its own. */
export function firstWords(text: string, length = 80): string {
  const line = plainText(text);
  if (line.length <= length) return line;
  const cut = line.lastIndexOf(' ', length);
  return `${line.slice(0, cut > length / 2 ? cut : length)}…`;
}
