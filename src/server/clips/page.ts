import type { Element, ElementContent, Root, RootContent } from 'hast';
import { toText } from 'hast-util-to-text';
import rehypeParse from 'rehype-parse';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { linkUrl } from '../platform/html-to-markdown-urls.ts';

/** The main text of a page, safe to show and without anything that would ask its site again. */
export interface CleanPage {
  html: string;
  text: string;
  words: number;
}

const LONGEST_HTML = 1_500_000;
const LEFT_OUT = new Set(['img', 'input', 'picture', 'source', 'mark']);

/** Pictures are left out: each reading would tell the site of it. So is whatever could be mistaken for a part of ours. */
const schema = {
  ...defaultSchema,
  tagNames: [
    ...(defaultSchema.tagNames ?? []).filter((name) => !LEFT_OUT.has(name)),
    'figure',
    'figcaption',
    'time',
  ],
  attributes: {
    a: ['href', 'rel', 'title'],
    abbr: ['title'],
    td: ['colSpan', 'rowSpan'],
    th: ['colSpan', 'rowSpan', 'scope'],
    time: ['dateTime'],
    ol: ['start', 'reversed'],
    '*': ['dir', 'lang'],
  },
};

/** Cleans the main text of a page; addresses in it become whole. */
export function cleanPage(html: string, url: string): CleanPage {
  const tree = parser.parse(html.slice(0, LONGEST_HTML));
  tree.children = tree.children.flatMap(unboxed);
  settle(tree, url);
  const clean = cleaner.runSync(tree);
  const text = toText(clean, { whitespace: 'normal' }).trim();
  return { html: cleaner.stringify(clean), text, words: text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0 };
}

const BOXES = /^(div|section|article|main|header|center|font|span)$/;
const BLOCKS = /^(p|div|section|article|main|header|ul|ol|dl|h[1-6]|blockquote|pre|table|figure|hr|details)$/;

/** What only lays a page out goes, and what stood in it comes out: paragraphs follow each other as in a text. */
function unboxed(node: RootContent): ElementContent[] {
  if (node.type !== 'element') return node.type === 'text' ? [node] : [];
  const children = node.children.flatMap(unboxed);
  const box = BOXES.test(node.tagName);
  if (box && children.some((child) => child.type === 'element' && BLOCKS.test(child.tagName)))
    return children;
  if (node.tagName === 'div') return [{ ...node, tagName: 'p', children } satisfies Element];
  return [{ ...node, children }];
}

/** Its headings begin below those of the page that shows it. */
function settle(tree: Root, url: string): void {
  visit(tree, 'element', (node) => {
    const level = /^h([1-6])$/.exec(node.tagName)?.[1];
    if (level) node.tagName = `h${Math.min(6, Number(level) + 2)}`;
    if (node.tagName !== 'a') return;
    const href = linkUrl(node.properties['href'], url);
    node.properties = href ? { href, rel: ['noopener', 'nofollow'] } : {};
  });
}

const parser = unified().use(rehypeParse, { fragment: true });
const cleaner = unified().use(rehypeSanitize, schema).use(rehypeStringify);
