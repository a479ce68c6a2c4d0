import type { Parents, PhrasingContent, Root, Text } from 'mdast';
import { visit } from 'unist-util-visit';

/** `[[Name]]`, or `[[Name|what is shown]]`. */
const NAMED = /\[\[([^[\]|\n]{1,200})(?:\|([^[\]\n]{1,200}))?\]\]/gu;
const MOST_NAMES = 300;

/** A name as it stands between the brackets, in one line. */
function nameIn(match: RegExpExecArray): string {
  return match[1]!.replace(/\s+/gu, ' ').trim();
}

/** Makes links of the names in double brackets. Gives the names, each once, in their order. */
export function linkNames(tree: Root, addressOf: (name: string) => string): string[] {
  const found = new Set<string>();
  visit(tree, 'text', (node: Text, index: number | undefined, parent: Parents | undefined) => {
    if (!parent || index === undefined || parent.type === 'link' || !node.value.includes('[[')) return;
    const parts = split(node.value, addressOf, found);
    parent.children.splice(index, 1, ...(parts as never[]));
    return index + parts.length;
  });
  return [...found];
}

function split(text: string, addressOf: (name: string) => string, found: Set<string>): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  let from = 0;
  for (const match of text.matchAll(NAMED)) {
    const name = nameIn(match);
    if (name === '' || (found.size >= MOST_NAMES && !found.has(name))) continue;
    found.add(name);
    if (match.index > from) parts.push({ type: 'text', value: text.slice(from, match.index) });
    const shown = match[2]?.trim() || name;
    parts.push({ type: 'link', url: addressOf(name), children: [{ type: 'text', value: shown }] });
    from = match.index + match[0].length;
  }
  if (from < text.length || parts.length === 0) parts.push({ type: 'text', value: text.slice(from) });
  return parts;
}
