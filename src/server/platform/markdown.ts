import type { Element, ElementContent, Root as HtmlRoot } from 'hast';
import { toText } from 'hast-util-to-text';
import type { Html, Parents, PhrasingContent, Root, Text } from 'mdast';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { SKIP, visit } from 'unist-util-visit';
import { readsEnglish, spaced } from '../../i18n/typography.ts';
import { showFiles, type FileFacts } from './markdown-files.ts';
import { isSwollen, isTangled } from './markdown-limits.ts';
import { linkNames } from './markdown-names.ts';
import { remarkJoinedRuns } from './markdown-runs.ts';
import { linkTags } from './markdown-tags.ts';

/** What a Markdown text becomes when it is written. */
export interface Rendered {
  html: string;
  /** Plain text, at most 280 characters. */
  excerpt: string;
  /** Whole minutes, at least 1, at 238 words a minute (Brysbaert 2019, silent reading of non-fiction). */
  readingMinutes: number;
  /** Handles of `people` that the text names with @. */
  mentions: string[];
  /** The names in double brackets that became links, where they were asked for. */
  names: string[];
  /** Tags that it names with #, as they were typed. */
  tags: string[];
}

/** Where the words of a text lead; a sort without an address stays what was typed. */
export interface Addresses {
  /** Of the tag behind a #; null of a word that is none. */
  tag?: (label: string) => string | null;
  /** Of a name in double brackets. */
  name?: (name: string) => string;
}

const EXCERPT_LENGTH = 280;
const WORDS_A_MINUTE = 238;
const MENTION = /(?<![\p{L}\p{N}_@/.])@([a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])?)/giu;
/** Anything that Markdown could read as more than words in paragraphs. */
// eslint-disable-next-line no-control-regex -- a NUL must go the long way, where it is replaced
const MARKED = /[\\`*_[\]<>&#~|@\t\r]|https?:|www\.|^[ \-+=:\d]| {2}$|\d[.)] |\u0000/m;

/** The handles that a text may name, lower case: what to look up before rendering it. */
export function mentionCandidates(body: string): string[] {
  if (!body.includes('@')) return [];
  return [...new Set([...body.matchAll(MENTION)].map((match) => match[1]!.toLowerCase()))].slice(0, 200);
}

/**
 * Renders CommonMark with GitHub's extensions into safe HTML. Raw HTML is shown as the text it is.
 * @param known the handles that exist: `@handle` becomes a link for these only
 * @param files the files that its writer may see: others stay what he typed
 * @param to where what it names leads
 */
export function renderMarkdown(
  body: string,
  known: Iterable<string> = [],
  files: FileFacts[] = [],
  to: Addresses = {},
): Rendered {
  const plain = MARKED.test(body) ? null : renderPlain(body);
  if (plain) return { ...plain, mentions: [], names: [], tags: [] };
  return renderMarked(body, new Set(known), files, to);
}

function renderPlain(body: string): Omit<Rendered, 'mentions' | 'names' | 'tags'> {
  const english = readsEnglish(body);
  const paragraphs = body
    .replace(/ $/gm, '')
    .split(/\n{2,}/)
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text) => (english ? text : spaced(text)));
  const html = paragraphs.map((text) => `<p>${text}</p>`).join('\n');
  return { html, ...measures(paragraphs.join('\n')) };
}

/** The full pipeline, also for what the short cut of plain paragraphs could render. */
export function renderMarked(
  body: string,
  known: ReadonlySet<string>,
  files: FileFacts[] = [],
  to: Addresses = {},
): Rendered {
  if (isTangled(body)) return renderUnread(body);
  try {
    const source = body.replaceAll('\u0000', '\uFFFD');
    const tree = parser.parse(source);
    if (isSwollen(tree)) return renderUnread(body);
    const mentions = linkMentions(tree, known);
    const names = to.name ? linkNames(tree, to.name) : [];
    const tags = to.tag ? linkTags(tree, to.tag) : [];
    const html = toHtml.runSync(tree) as HtmlRoot;
    if (!readsEnglish(source)) spaceWords(html);
    const told = measures(textOf(html), toldOf(html));
    if (files.length > 0) showFiles(html, files);
    return { html: toHtml.stringify(html), ...told, mentions, names, tags };
  } catch (error) {
    // Nesting deeper than the stack. The words are kept; only their form is lost.
    if (error instanceof RangeError) return renderUnread(body);
    throw error;
  }
}

/** Sets the spaces of what is written as French sets them, outside code and links. */
function spaceWords(tree: HtmlRoot): void {
  visit(tree, (node) => {
    if (node.type === 'element' && /^(?:a|code|pre)$/.test(node.tagName)) return SKIP;
    if (node.type === 'text') node.value = spaced(node.value);
    return undefined;
  });
}

function renderUnread(body: string): Rendered {
  const escaped = body.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\u0000', '\uFFFD');
  return { html: `<pre>${escaped}</pre>`, ...measures(body), mentions: [], names: [], tags: [] };
}

/** What stands between spaces that break: a narrow one belongs to its word. */
const WORDS = /[^ \t\n\r\f\v\u00a0\u2028\u2029]+/g;

function measures(text: string, told = text): { excerpt: string; readingMinutes: number } {
  const words = text.match(WORDS) ?? [];
  const flat = (told.match(WORDS) ?? words).slice(0, EXCERPT_LENGTH).join(' ');
  return {
    excerpt: flat.length <= EXCERPT_LENGTH ? flat : cutAtWord(flat),
    readingMinutes: Math.min(999, Math.max(1, Math.round(words.length / WORDS_A_MINUTE))),
  };
}

/** As many whole words as an excerpt takes. The sign that stops them is that of the cut, not one more beside it. */
function cutAtWord(words: string): string {
  const cut = words.slice(0, EXCERPT_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '');
  const end = cut.lastIndexOf(' ');
  return cut.slice(0, end > 200 ? end : cut.length).replace(/[.,;:…]+$/, '') + '…';
}

/** A table or a listing says nothing in one line: an excerpt leaves them out. */
const TOLD = (child: HtmlRoot['children'][number]) =>
  child.type !== 'element' || !/^(table|pre|hr)$/.test(child.tagName);

function textOf(tree: HtmlRoot): string {
  return tree.children.map((child) => toText(child as Element)).join('\n');
}

function toldOf(tree: HtmlRoot): string {
  return tree.children.filter(TOLD).flatMap(blocksOf).join('\n').replace(/ ·$/, '');
}

/** The texts of a block, each closed by a sign: in one line, a heading would run into what it heads. */
function blocksOf(block: HtmlRoot['children'][number]): string[] {
  if (block.type !== 'element') return [toText(block)];
  if (/^(ul|ol|blockquote)$/.test(block.tagName)) return block.children.flatMap(blocksOf);
  const inner = block.tagName === 'li' ? block.children.filter(isList) : [];
  const own = { ...block, children: block.children.filter((child) => !inner.includes(child)) };
  const text = toText(own).trim();
  const open = /^(li|h[1-6])$/.test(block.tagName) && /[\p{L}\p{N})»”’"]$/u.test(text);
  return [...(text ? [open ? `${text} ·` : text] : []), ...inner.flatMap(blocksOf)];
}

function isList(child: ElementContent): boolean {
  return child.type === 'element' && /^(ul|ol)$/.test(child.tagName);
}

function linkMentions(tree: Root, known: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  if (known.size === 0) return [];
  visit(tree, 'text', (node: Text, index: number | undefined, parent: Parents | undefined) => {
    if (!parent || index === undefined || parent.type === 'link' || !node.value.includes('@')) return;
    const parts = splitMentions(node.value, known, found);
    if (parts.some(({ type }) => type === 'link')) parent.children.splice(index, 1, ...(parts as never[]));
    return index + parts.length;
  });
  return [...found];
}

function splitMentions(text: string, known: ReadonlySet<string>, found: Set<string>): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  let from = 0;
  for (const match of text.matchAll(MENTION)) {
    const handle = match[1]!.toLowerCase();
    if (!known.has(handle)) continue;
    found.add(handle);
    if (match.index > from) parts.push({ type: 'text', value: text.slice(from, match.index) });
    parts.push({ type: 'link', url: `/people/${handle}`, children: [{ type: 'text', value: match[0] }] });
    from = match.index + match[0].length;
  }
  if (from < text.length || parts.length === 0) parts.push({ type: 'text', value: text.slice(from) });
  return parts;
}

const schema = {
  ...defaultSchema,
  attributes: {
    ...defaultSchema.attributes,
    a: [...(defaultSchema.attributes?.['a'] ?? []), 'rel'],
    img: [...(defaultSchema.attributes?.['img'] ?? []), 'loading', 'decoding'],
  },
};

const INLINE = new Set(['paragraph', 'heading', 'emphasis', 'strong', 'delete', 'link', 'tableCell']);

/** The title of an entry is the page's first heading; those in its body start one level below. */
function tidyElements() {
  return (tree: HtmlRoot) => {
    visit(tree, 'element', (node: Element) => {
      const level = /^h([1-5])$/.exec(node.tagName)?.[1];
      if (level) node.tagName = `h${Number(level) + 1}`;
      if (node.tagName === 'img') Object.assign(node.properties, { loading: 'lazy', decoding: 'async' });
      const href = node.properties['href'];
      if (node.tagName === 'a' && typeof href === 'string' && /^https?:/i.test(href)) {
        node.properties['rel'] = ['noopener', 'nofollow'];
      }
    });
  };
}

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkJoinedRuns);
const toHtml = unified()
  .use(remarkRehype, {
    handlers: {
      html: (_state: unknown, node: Html, parent: Parents | undefined): ElementContent => {
        const text: ElementContent = { type: 'text', value: node.value };
        return INLINE.has(parent?.type ?? '')
          ? text
          : { type: 'element', tagName: 'p', properties: {}, children: [text] };
      },
    },
  })
  .use(tidyElements)
  .use(rehypeSanitize, schema)
  .use(rehypeStringify);
