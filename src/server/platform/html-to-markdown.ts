import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import remarkGfm from 'remark-gfm';
import remarkStringify from 'remark-stringify';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { Root } from 'hast';
import type { List, Root as MarkdownRoot } from 'mdast';
import { paragraphsFromBlankLines } from './html-to-markdown-autop.ts';
import { balanceHtml } from './html-to-markdown-balance.ts';
import { cleanTree, type Pictures } from './html-to-markdown-clean.ts';
import { expandShortcodes, type Gallery } from './html-to-markdown-shortcodes.ts';
import { MOST_CELLS } from './markdown-limits.ts';

export type { Gallery, GalleryImage } from './html-to-markdown-shortcodes.ts';

export interface HtmlSource {
  /** What relative addresses are relative to. */
  baseUrl?: string;
  /** The text comes from a WordPress editor, not from a page: line ends count, shortcodes are expanded. */
  wordpress?: boolean;
  /** The pictures that [gallery] stands for. */
  gallery?: Gallery;
  /** Where pictures are, if not at their address. */
  pictures?: Pictures;
}

/** The columns of a table stand under each other as far as this: one long cell would make each one below it as long. */
const ALIGNED = 40;

const parser = unified().use(rehypeParse, { fragment: true });
const writer = unified()
  .use(rehypeRemark)
  .use(() => tightenLists)
  .use(remarkGfm, { stringLength: (cell) => Math.min(cell.length, ALIGNED) })
  .use(remarkStringify, { bullet: '-', emphasis: '*', rule: '-', fences: true, listItemIndent: 'one' });

/**
 * HTML of any origin as Markdown: what is said is kept, what is done (scripts, styles, forms) goes. Linear in the size of
 * the text, whatever its nesting. `&`, `*`, `[` and the like in the text come out escaped.
 */
export function htmlToMarkdown(html: string, source: HtmlSource = {}): string {
  const text = html.replace(/\r\n?/g, '\n').replaceAll('\0', '');
  const expanded = source.wordpress ? expandShortcodes(text, source.gallery) : text;
  const lines = linesIn(text, source);
  const room = { cells: MOST_CELLS };
  const pieces = balanceHtml(withoutSections(expanded)).map((piece) => {
    const tree: Root = parser.parse(piece);
    if (lines !== 'html') paragraphsFromBlankLines(tree, { lineBreaks: lines === 'breaks' });
    cleanTree(tree, source, room);
    return writer.stringify(writer.runSync(tree) as MarkdownRoot).trim();
  });
  return pieces.filter(Boolean).join('\n\n');
}

/**
 * What line ends mean: nothing in a page; blank lines part paragraphs (`blocks`) in a text for a program that makes them
 * later, and in WordPress's blocks; what its older editor wrote breaks at each line end, too (`breaks`).
 */
function linesIn(text: string, { wordpress }: HtmlSource): 'html' | 'blocks' | 'breaks' {
  if (wordpress) return text.includes('<!-- wp:') ? 'blocks' : 'breaks';
  return looksLikeText(text) ? 'blocks' : 'html';
}

/** No blank lines in a list whose items each hold one line, and perhaps a list under it. */
function tightenLists(tree: MarkdownRoot): void {
  visit(tree, 'list', (list: List) => {
    for (const item of list.children) {
      item.spread = item.children.some((child, index) => index > 0 && child.type !== 'list');
    }
    list.spread = list.children.some((item) => item.spread);
  });
}

/** A CDATA mark has no meaning in HTML, where it would hide its content; feeds that escape twice leave some. */
function withoutSections(html: string): string {
  return html.includes('<![CDATA[') ? html.replaceAll('<![CDATA[', '').replaceAll(']]>', '') : html;
}

/** Blank lines but no block: written for a program that makes the paragraphs later. */
function looksLikeText(html: string): boolean {
  return /\n\s*\n/.test(html) && !/<(p|br|div|table|ul|ol|h[1-6]|pre|blockquote|section)\b/i.test(html);
}
