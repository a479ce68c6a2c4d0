import type { JSONContent } from '@tiptap/core';
import type { AlignType, List, PhrasingContent, RootContent, Table } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

type Mark = NonNullable<JSONContent['marks']>[number];

/** A block of a text: what the editor shows of it, and the very words it was read from. */
export interface ReadBlock {
  node: JSONContent;
  source: string;
}

/** A text as a row of blocks. `gaps[i]` stands before block `i`, the last one after them all. */
export interface ReadText {
  blocks: ReadBlock[];
  gaps: string[];
}

/** What the editor has no form for: the block around it is shown as the Markdown it is. */
class Unknown extends Error {}

const parser = unified().use(remarkParse).use(remarkGfm);

/** Reads Markdown as src/server/platform/markdown.ts does. Blocks and gaps put together are the text itself. */
export function readMarkdown(markdown: string): ReadText {
  const blocks: ReadBlock[] = [];
  const gaps: string[] = [];
  let end = 0;
  for (const child of parser.parse(markdown).children) {
    const from = Math.max(end, lineStart(markdown, child.position?.start.offset ?? end));
    const to = child.position?.end.offset ?? from;
    gaps.push(markdown.slice(end, from));
    const source = markdown.slice(from, to);
    blocks.push({ node: topBlock(child, source), source });
    end = to;
  }
  gaps.push(markdown.slice(end));
  return { blocks, gaps };
}

function lineStart(markdown: string, offset: number): number {
  return markdown.lastIndexOf('\n', offset - 1) + 1;
}

function topBlock(node: RootContent, source: string): JSONContent {
  try {
    const shown = block(node);
    return node.type === 'list' ? { ...shown, attrs: { ...shown.attrs, marker: markerOf(source) } } : shown;
  } catch (error) {
    if (error instanceof Unknown) return verbatim(source);
    throw error;
  }
}

/** What marks the items of the list that begins a text: `-`, `*`, `+`, `.` or `)`; empty where none does. */
export function markerOf(text: string): Marker | '' {
  const [, bullet, dot] = /^\s*(?:([-*+])|\d+([.)]))(?=\s|$)/.exec(text) ?? [];
  return (bullet ?? dot ?? '') as Marker | '';
}

export type Marker = '-' | '*' | '+' | '.' | ')';

/** A block that stands as Markdown. */
export function verbatim(source: string): JSONContent {
  return { type: 'verbatim', content: source ? [{ type: 'text', text: source }] : [] };
}

function block(node: RootContent): JSONContent {
  switch (node.type) {
    case 'paragraph':
      return { type: 'paragraph', content: line(node.children) };
    case 'heading':
      return { type: 'heading', attrs: { level: node.depth }, content: line(node.children) };
    case 'thematicBreak':
      return { type: 'horizontalRule' };
    case 'blockquote':
      return { type: 'blockquote', content: blocks(node.children) };
    case 'code':
      return {
        type: 'codeBlock',
        attrs: { language: node.lang ?? null, meta: node.meta ?? null },
        content: node.value ? [{ type: 'text', text: node.value }] : [],
      };
    case 'list':
      return list(node);
    case 'table':
      return table(node);
    default:
      throw new Unknown(node.type);
  }
}

function blocks(nodes: RootContent[]): JSONContent[] {
  return nodes.length ? nodes.map(block) : [{ type: 'paragraph' }];
}

function list(node: List): JSONContent {
  return {
    type: node.ordered ? 'orderedList' : 'bulletList',
    attrs: { ...(node.ordered && { start: node.start ?? 1 }), loose: isLoose(node) },
    content: node.children.map((item) => ({
      type: 'listItem',
      attrs: { checked: item.checked ?? null },
      content: blocks(item.children),
    })),
  };
}

/** Loose where one of its items is: that is how it is rendered. */
function isLoose(node: List): boolean {
  return Boolean(node.spread) || node.children.some((item) => item.spread);
}

function table(node: Table): JSONContent {
  const columns = node.children[0]?.children.length ?? 0;
  return {
    type: 'table',
    content: node.children.map((row, index) => ({
      type: 'tableRow',
      content: Array.from({ length: columns }, (_, column) => ({
        type: index === 0 ? 'tableHeader' : 'tableCell',
        attrs: { align: alignOf(node.align?.[column]) },
        content: [{ type: 'paragraph', content: inline(row.children[column]?.children ?? []) }],
      })),
    })),
  };
}

const alignOf = (align: AlignType | undefined) => align ?? null;

/** Blanks at its beginning are not read. */
function line(nodes: PhrasingContent[]): JSONContent[] {
  const [first, ...rest] = inline(nodes);
  if (first?.type !== 'text' || first.marks?.length) return first ? [first, ...rest] : [];
  const text = first.text?.replace(/^[ \t]+/, '');
  return text ? [{ ...first, text }, ...rest] : rest;
}

function inline(nodes: PhrasingContent[], marks: Mark[] = []): JSONContent[] {
  return nodes.flatMap((node) => phrase(node, marks));
}

function phrase(node: PhrasingContent, marks: Mark[]): JSONContent[] {
  switch (node.type) {
    case 'text':
      return words(node.value.replace(/[ \t]*\r?\n[ \t]*/g, ' '), marks);
    case 'inlineCode':
      return words(node.value.replace(/\r?\n/g, ' '), [...marks, { type: 'code' }]);
    case 'strong':
      return inline(node.children, withMark(marks, { type: 'bold' }));
    case 'emphasis':
      return inline(node.children, withMark(marks, { type: 'italic' }));
    case 'delete':
      return inline(node.children, withMark(marks, { type: 'strike' }));
    case 'link':
      if (node.children.length === 0) throw new Unknown('an empty link');
      return inline(node.children, [
        ...marks,
        { type: 'link', attrs: { href: node.url, title: node.title ?? null } },
      ]);
    case 'image':
      return [
        {
          type: 'image',
          attrs: { src: node.url, alt: node.alt ?? '', title: node.title ?? null },
          ...(marks.length && { marks }),
        },
      ];
    case 'break':
      return [{ type: 'hardBreak', ...(marks.length && { marks }) }];
    default:
      throw new Unknown(node.type);
  }
}

function withMark(marks: Mark[], mark: Mark): Mark[] {
  return marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark];
}

function words(text: string, marks: Mark[]): JSONContent[] {
  return text ? [{ type: 'text', text, ...(marks.length && { marks }) }] : [];
}
