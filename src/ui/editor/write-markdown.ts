import type { JSONContent } from '@tiptap/core';
import type {
  AlignType,
  BlockContent,
  Link,
  ListItem,
  Parents,
  PhrasingContent,
  Root,
  RootContent,
  TableRow,
  Text,
} from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkStringify, { type Options } from 'remark-stringify';
import { unified } from 'unified';
import type { Marker } from './read-markdown.ts';

type Marks = NonNullable<JSONContent['marks']>;
type Handle = NonNullable<Options['handlers']>['link'];
type Info = Parameters<NonNullable<Handle>>[3];
type State = Parameters<NonNullable<Handle>>[2];

const OUTERMOST = ['link', 'bold', 'italic', 'strike'];
const BARE = /^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w\-./~%?=&#+:,;@!$]*[\w\-/~%=#+@$])?$/;
/** A handle with underscores in it, that escapes would cut in two. */
const ESCAPED_HANDLE = /(?<![\p{L}\p{N}_@/.])@[a-z0-9](?:[a-z0-9.-]|\\?_)*/giu;
/** A page's name in double brackets: what it is a link to needs no escapes, and reads badly with them. */
const ESCAPED_NAME = /\\\[\\\[([^[\]\\\n]{1,200})\]\](?![([:])/g;

const MARKERS: Marker[] = ['-', '*', '+', '.', ')'];
const writers = Object.fromEntries(MARKERS.map((marker) => [marker, writer(marker)]));

/**
 * Writes one block of the editor as Markdown; nothing for an empty paragraph.
 * @param apart the marker of a list right before it: another one is taken, so that the two stay two
 */
export function writeBlock(node: JSONContent, apart?: Marker | ''): string {
  if (node.type === 'verbatim') return plainText(node);
  const children = blockOf(node);
  if (!children) return '';
  const root: Root = { type: 'root', children: [children] };
  return writers[markerFor(node, apart)]!.stringify(root)
    .replace(/\n$/, '')
    .replace(ESCAPED_HANDLE, unescapeHandle)
    .replace(ESCAPED_NAME, (whole, name: string, _, text: string) =>
      text.includes('`') ? whole : `[[${name}]]`,
    );
}

const unescapeHandle = (handle: string) => handle.replaceAll('\\_', '_');

function markerFor({ type, attrs }: JSONContent, apart?: Marker | ''): Marker {
  const choice: Marker[] = type === 'orderedList' ? ['.', ')'] : ['-', '*'];
  const own = attrs?.['marker'] as Marker | undefined;
  return own && own !== apart ? own : (choice.find((marker) => marker !== apart) ?? '-');
}

function writer(marker: Marker) {
  const bullet = marker === '.' || marker === ')' ? '-' : marker;
  return unified()
    .use(remarkGfm, { tablePipeAlign: false, singleTilde: false })
    .use(remarkStringify, {
      bullet,
      bulletOther: bullet === '-' ? '*' : '-',
      bulletOrdered: marker === ')' ? ')' : '.',
      rule: '-',
      emphasis: '*',
      strong: '*',
      fences: true,
      listItemIndent: 'one',
      incrementListMarker: true,
      // A name right behind a mark would be read as an address of mail.
      unsafe: [{ character: '@', before: '[*_~]', inConstruct: 'phrasing' }],
      handlers: { link },
    } satisfies Options);
}

/** An address that stands for itself is written as itself, where its end is plain to see. */
function link(node: Link, _: Parents | undefined, state: State, info: Info): string {
  const [only] = node.children;
  const bare = node.children.length === 1 && only?.type === 'text' && only.value === node.url && !node.title;
  if (bare && BARE.test(node.url) && /^[\s]?$/.test(info.after) && /^[\s(]?$/.test(info.before))
    return node.url;
  return usualLink(node, state, info);
}

function usualLink(node: Link, state: State, info: Info): string {
  const exit = state.enter('link');
  const label = state.enter('label');
  let value = '[';
  value += state.containerPhrasing(node, { ...info, before: value, after: '](' });
  label();
  value += `](${destination(node.url, state, info)}${titleOf(node.title, state, info)})`;
  exit();
  return value;
}

function destination(url: string, state: State, info: Info): string {
  const literal = url === '' || /[\0- \u007F]/.test(url);
  const exit = state.enter(literal ? 'destinationLiteral' : 'destinationRaw');
  const safe = state.safe(url, { ...info, before: literal ? '<' : '(', after: literal ? '>' : ')' });
  exit();
  return literal ? `<${safe}>` : safe;
}

function titleOf(title: string | null | undefined, state: State, info: Info): string {
  if (!title) return '';
  const exit = state.enter('titleQuote');
  const safe = state.safe(title, { ...info, before: '"', after: '"' });
  exit();
  return ` "${safe}"`;
}

function blockOf(node: JSONContent): RootContent | null {
  const children = node.content ?? [];
  switch (node.type) {
    case 'paragraph': {
      const words = phrasing(children);
      return words.length ? { type: 'paragraph', children: words } : null;
    }
    case 'heading':
      return { type: 'heading', depth: node.attrs?.['level'] ?? 2, children: phrasing(children) };
    case 'horizontalRule':
      return { type: 'thematicBreak' };
    case 'blockquote':
      return { type: 'blockquote', children: blocksOf(children) };
    case 'codeBlock': {
      const { language, meta } = node.attrs ?? {};
      return {
        type: 'code',
        lang: language || null,
        meta: (language && meta) || null,
        value: plainText(node),
      };
    }
    case 'bulletList':
    case 'orderedList': {
      const spread = Boolean(node.attrs?.['loose']);
      return {
        type: 'list',
        ordered: node.type === 'orderedList',
        start: node.attrs?.['start'] ?? 1,
        spread,
        children: children.map((item) => itemOf(item, spread)),
      };
    }
    case 'table':
      return tableOf(children);
    case 'verbatim':
      return { type: 'html', value: plainText(node) };
    default:
      return { type: 'paragraph', children: phrasing(children) };
  }
}

const blocksOf = (nodes: JSONContent[]) => nodes.flatMap((node) => blockOf(node) ?? []) as BlockContent[];

function itemOf(item: JSONContent, spread: boolean): ListItem {
  const checked = item.attrs?.['checked'] as boolean | null | undefined;
  const children = blocksOf(item.content ?? []);
  // A box needs words behind it.
  if (typeof checked === 'boolean' && children[0]?.type !== 'paragraph')
    children.unshift({ type: 'paragraph', children: [{ type: 'text', value: '\u00a0' }] });
  return { type: 'listItem', checked, spread, children };
}

function tableOf(rows: JSONContent[]): RootContent {
  const align = (rows[0]?.content ?? []).map((cell) => (cell.attrs?.['align'] ?? null) as AlignType);
  return {
    type: 'table',
    align,
    children: rows.map((row): TableRow => ({
      type: 'tableRow',
      children: (row.content ?? []).map((cell) => ({
        type: 'tableCell',
        children: (cell.content ?? []).flatMap((words, index) => [
          ...(index ? [{ type: 'text', value: ' ' } satisfies Text] : []),
          ...phrasing(words.content ?? []),
        ]),
      })),
    })),
  };
}

function plainText(node: JSONContent): string {
  return node.text ?? (node.content ?? []).map(plainText).join('');
}

/** Words, breaks and pictures of a block; blanks at its ends, which Markdown does not keep, left out. */
function phrasing(nodes: JSONContent[]): PhrasingContent[] {
  return nest(trimmed(nodes));
}

function trimmed(nodes: JSONContent[]): JSONContent[] {
  const left = [...nodes];
  const isEmpty = (node: JSONContent | undefined) =>
    node?.type === 'hardBreak' || (node?.type === 'text' && !isCode(node) && !node.text?.trim());
  while (left.length && isEmpty(left[0])) left.shift();
  while (left.length && isEmpty(left.at(-1))) left.pop();
  return left.map((node, index) => {
    if (node.type !== 'text' || isCode(node)) return node;
    let text = node.text ?? '';
    if (index === 0 || left[index - 1]?.type === 'hardBreak') text = text.replace(/^[ \t]+/, '');
    if (index === left.length - 1 || left[index + 1]?.type === 'hardBreak')
      text = text.replace(/[ \t]+$/, '');
    return { ...node, text };
  });
}

const isCode = (node: JSONContent) => Boolean(node.marks?.some(({ type }) => type === 'code'));

/** Runs of marked words -> marks around words, the one that reaches farthest outside. */
function nest(nodes: JSONContent[]): PhrasingContent[] {
  const out: PhrasingContent[] = [];
  for (let from = 0; from < nodes.length;) {
    const mark = outermost(nodes, from);
    if (!mark) {
      out.push(leaf(nodes[from]!));
      from += 1;
      continue;
    }
    const to = from + reach(nodes, from, mark);
    const run = nodes.slice(from, to).map((node) => ({
      ...node,
      marks: node.marks?.filter((other) => !sameMark(other, mark)),
    }));
    const [before, inside, after] = mark.type === 'link' ? [[], run, []] : blanksApart(run);
    out.push(...nest(before), ...(inside.length ? [around(mark, nest(inside))] : []), ...nest(after));
    from = to;
  }
  return out;
}

/** A mark begins and ends at a word: blanks at its edges belong outside. */
function blanksApart(run: JSONContent[]): [JSONContent[], JSONContent[], JSONContent[]] {
  const inside = [...run];
  const [before, after]: [JSONContent[], JSONContent[]] = [[], []];
  for (let first = inside[0]; isWords(first) && /^\s/.test(first.text); first = inside[0]) {
    const words = first.text.trimStart();
    before.push({ ...first, text: first.text.slice(0, first.text.length - words.length) });
    inside.splice(0, 1, ...(words ? [{ ...first, text: words }] : []));
  }
  for (let last = inside.at(-1); isWords(last) && /\s$/.test(last.text); last = inside.at(-1)) {
    const words = last.text.trimEnd();
    after.unshift({ ...last, text: last.text.slice(words.length) });
    inside.splice(-1, 1, ...(words ? [{ ...last, text: words }] : []));
  }
  return [before, inside, after];
}

const isWords = (node: JSONContent | undefined): node is JSONContent & { text: string } =>
  node?.type === 'text' && !isCode(node);

function outermost(nodes: JSONContent[], from: number): Marks[number] | undefined {
  const marks = (nodes[from]?.marks ?? []).filter(({ type }) => OUTERMOST.includes(type));
  return marks.toSorted(
    (a, b) =>
      reach(nodes, from, b) - reach(nodes, from, a) || OUTERMOST.indexOf(a.type) - OUTERMOST.indexOf(b.type),
  )[0];
}

function reach(nodes: JSONContent[], from: number, mark: Marks[number]): number {
  let to = from;
  while (nodes[to]?.marks?.some((other) => sameMark(other, mark))) to += 1;
  return to - from;
}

const sameMark = (a: Marks[number], b: Marks[number]) =>
  a.type === b.type &&
  a.attrs?.['href'] === b.attrs?.['href'] &&
  (a.attrs?.['title'] ?? null) === (b.attrs?.['title'] ?? null);

function around(mark: Marks[number], children: PhrasingContent[]): PhrasingContent {
  switch (mark.type) {
    case 'bold':
      return { type: 'strong', children };
    case 'italic':
      return { type: 'emphasis', children };
    case 'strike':
      return { type: 'delete', children };
    default:
      return {
        type: 'link',
        url: mark.attrs?.['href'] ?? '',
        title: mark.attrs?.['title'] ?? null,
        children: children as Link['children'],
      };
  }
}

function leaf(node: JSONContent): PhrasingContent {
  if (node.type === 'hardBreak') return { type: 'break' };
  if (node.type === 'image') {
    const { src, alt, title } = node.attrs ?? {};
    return { type: 'image', url: src ?? '', alt: alt ?? '', title: title ?? null };
  }
  const value = node.text ?? '';
  return isCode(node) ? { type: 'inlineCode', value } : { type: 'text', value };
}
