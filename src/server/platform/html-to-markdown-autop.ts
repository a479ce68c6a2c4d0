import type { Element, ElementContent, Root, RootContent } from 'hast';

type Node = RootContent | ElementContent;

const blocks = new Set(
  'address article aside blockquote center details dialog dd dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul'.split(
    ' ',
  ),
);
/** Inside these a line end is what the author typed, or nothing at all. */
const untouched = new Set(
  'pre code kbd samp script style textarea svg math table thead tbody tfoot tr ul ol dl select'.split(' '),
);
const gatherParagraphs = new Set(
  'blockquote div section article aside main center details address li td th dd form fieldset'.split(' '),
);

/**
 * Does on the tree what WordPress does to text before it shows it: blank lines part paragraphs, single line ends break
 * lines. `lineBreaks: false` leaves single line ends alone.
 */
export function paragraphsFromBlankLines(tree: Root, { lineBreaks }: { lineBreaks: boolean }): void {
  tree.children = gather(tree.children, lineBreaks, true) as RootContent[];
}

function gather(children: Node[], lineBreaks: boolean, always: boolean): Node[] {
  const out: Node[] = [];
  let run: Node[] = [];
  const flush = () => {
    const parts = splitAtBlankLines(run)
      .map(trimmed)
      .filter((part) => part.some(isVisible));
    for (const part of parts) {
      const content = lineBreaks ? breakLines(part) : part;
      if (always || parts.length > 1) out.push(element('p', content));
      else out.push(...content);
    }
    run = [];
  };
  for (const child of children) {
    if (child.type === 'element' && blocks.has(child.tagName)) {
      flush();
      out.push(inBlock(child, lineBreaks));
    } else if (child.type === 'comment' && /^\s*(more|nextpage)/.test(child.value)) flush();
    else if (child.type !== 'comment') run.push(child);
  }
  flush();
  return out;
}

function inBlock(node: Element, lineBreaks: boolean): Element {
  const { tagName } = node;
  if (tagName === 'pre' || tagName === 'textarea') return node;
  let children: Node[];
  if (gatherParagraphs.has(tagName)) children = gather(node.children, lineBreaks, tagName === 'blockquote');
  else if (untouched.has(tagName) || tagName === 'figure') {
    children = node.children.map((child) =>
      child.type === 'element' && blocks.has(child.tagName) ? inBlock(child, lineBreaks) : child,
    );
  } else {
    const breaks = lineBreaks && !/^h[1-6]$/.test(tagName);
    children = breaks ? breakLines(trimmed(node.children)) : node.children;
  }
  return { ...node, children: children as ElementContent[] };
}

/** Cuts a run of inline nodes at its blank lines; an inline element around a blank line is cut in two of its kind. */
function splitAtBlankLines(nodes: Node[]): Node[][] {
  const parts: Node[][] = [[]];
  for (const node of nodes) {
    for (const [index, piece] of pieces(node).entries()) {
      if (index > 0) parts.push([]);
      if (piece) parts.at(-1)!.push(piece);
    }
  }
  return parts;
}

function pieces(node: Node): (Node | undefined)[] {
  if (node.type === 'text') {
    return node.value
      .split(/\n[^\S\n\u00a0]*\n\s*/)
      .map((value) => (value ? { type: 'text', value } : undefined));
  }
  if (node.type !== 'element' || untouched.has(node.tagName)) return [node];
  const parts = splitAtBlankLines(node.children);
  return parts.length === 1 ? [node] : parts.map((part) => ({ ...node, children: part as ElementContent[] }));
}

function trimmed(nodes: Node[]): Node[] {
  const out = [...nodes];
  const first = out.at(0);
  if (first?.type === 'text') out[0] = { type: 'text', value: first.value.trimStart() };
  const last = out.at(-1);
  if (last?.type === 'text') out[out.length - 1] = { type: 'text', value: last.value.trimEnd() };
  return out;
}

function breakLines(nodes: Node[]): Node[] {
  let afterBreak = false;
  return nodes.flatMap((node): Node[] => {
    if (node.type === 'text') {
      const lines = (afterBreak ? node.value.replace(/^[^\S\u00a0]*\n/, '') : node.value).split('\n');
      afterBreak = false;
      return lines.flatMap((value, index): Node[] => {
        const text: Node[] = value ? [{ type: 'text', value }] : [];
        return index === 0 ? text : [element('br', []), ...text];
      });
    }
    afterBreak = node.type === 'element' && node.tagName === 'br';
    if (node.type !== 'element' || untouched.has(node.tagName)) return [node];
    return [{ ...node, children: breakLines(node.children) as ElementContent[] }];
  });
}

function isVisible(node: Node): boolean {
  return node.type === 'text' ? node.value.trim() !== '' : node.type === 'element' && node.tagName !== 'br';
}

function element(tagName: string, children: Node[]): Element {
  return { type: 'element', tagName, properties: {}, children: children as ElementContent[] };
}
