import type { Element, ElementContent } from 'hast';

const maxSpan = 100;
const flow = new Set(
  'p div ul ol li blockquote pre h1 h2 h3 h4 h5 h6 figure figcaption section article dl dt dd'.split(' '),
);

/** The cells that the rows of any table may be filled up with. */
const SPARE_CELLS = 100;

/** What is left to the tables of a text. */
export interface Room {
  cells: number;
}

/**
 * A table as Markdown can hold it: one line per row, inline content only, the caption before it. A table that holds
 * others, or one cell alone, was laid out rather than tabulated, and becomes plain blocks; so does one that is mostly
 * empty, whose short rows would be filled up, or for which there is no room.
 */
export function flatTable(original: Element, children: ElementContent[], room: Room): ElementContent[] {
  const table = { ...original, children };
  const cells = count(table, isCell);
  const filled = filledUp(table);
  const swollen = filled > room.cells || filled > SPARE_CELLS + 4 * cells;
  if (swollen || cells < 2 || count(original, (node) => node.tagName === 'table') > 1) {
    return [{ ...table, tagName: 'div', properties: {}, children: unwrapParts(children) }];
  }
  room.cells -= filled;
  const caption = children.find((child) => child.type === 'element' && child.tagName === 'caption');
  const rest = { ...table, children: children.filter((child) => child !== caption).map(flatPart) };
  if (caption?.type !== 'element') return [rest];
  return [{ ...caption, tagName: 'p', properties: {} }, rest];
}

/** The cells of a table whose rows are all as wide as the widest: a cell that spans rows is one in each of them. */
function filledUp(table: Element): number {
  const rows = rowsOf(table);
  const widths = new Array<number>(rows.length).fill(0);
  rows.forEach((row, at) => {
    for (const child of row.children) {
      if (child.type !== 'element' || !isCell(child)) continue;
      const last = Math.min(rows.length, at + span(child.properties.rowSpan));
      for (let below = at; below < last; below += 1) widths[below]! += span(child.properties.colSpan);
    }
  });
  return widths.reduce((most, width) => Math.max(most, width), 0) * rows.length;
}

function rowsOf(node: Element): Element[] {
  return node.children.flatMap((child) => {
    if (child.type !== 'element') return [];
    return child.tagName === 'tr' ? [child] : rowsOf(child);
  });
}

function isCell({ tagName }: Element): boolean {
  return tagName === 'td' || tagName === 'th';
}

function unwrapParts(children: ElementContent[]): ElementContent[] {
  return children.map((child) => {
    if (child.type !== 'element' || !/^(caption|thead|tbody|tfoot|tr|td|th)$/.test(child.tagName))
      return child;
    return { ...child, tagName: 'div', properties: {}, children: unwrapParts(child.children) };
  });
}

function flatPart(node: ElementContent): ElementContent {
  if (node.type !== 'element') return node;
  if (!isCell(node)) return { ...node, children: node.children.map(flatPart) };
  const { colSpan, rowSpan, align } = node.properties;
  const properties = { colSpan: span(colSpan), rowSpan: span(rowSpan), align };
  return { ...node, properties, children: inlineOnly(node.children) };
}

/** A span that some page wrote as a million would make as many cells. */
function span(value: unknown): number {
  const wanted = Number(value) || 1;
  return wanted > 0 && wanted <= maxSpan ? Math.floor(wanted) : 1;
}

const space: ElementContent = { type: 'text', value: ' ' };

function inlineOnly(children: ElementContent[]): ElementContent[] {
  return children.flatMap((child): ElementContent[] => {
    if (child.type === 'text') return [{ type: 'text', value: child.value.replaceAll('\n', ' ') }];
    if (child.type !== 'element') return [];
    const inner = inlineOnly(child.children);
    if (child.tagName === 'br') return [space];
    if (child.tagName === 'hr') return [];
    if (child.tagName === 'li') return [{ type: 'text', value: ' • ' }, ...inner];
    if (child.tagName === 'pre')
      return [{ type: 'element', tagName: 'code', properties: {}, children: inner }];
    if (flow.has(child.tagName)) return [space, ...inner, space];
    return [{ ...child, children: inner }];
  });
}

function count(node: Element, test: (node: Element) => boolean): number {
  const own = test(node) ? 1 : 0;
  return node.children.reduce((sum, child) => sum + (child.type === 'element' ? count(child, test) : 0), own);
}
