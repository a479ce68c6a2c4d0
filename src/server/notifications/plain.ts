import { toText } from 'hast-util-to-text';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';

const parser = unified().use(rehypeParse, { fragment: true });
const LONGEST = 2_000;

/** The words of what we rendered, in paragraphs, without pictures; long ones end in an ellipsis. */
export function plainWords(html: string): string {
  const text = toText(parser.parse(html))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, LONGEST);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), LONGEST / 2)).toWellFormed()}…`;
}
