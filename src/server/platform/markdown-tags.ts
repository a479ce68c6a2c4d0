import type { PhrasingContent, Root, Text } from 'mdast';
import { SKIP, visit } from 'unist-util-visit';

/** A word behind `#` in running text: it begins with a letter, and is neither a part of an address nor of a word. */
const TAG = /(?<![\p{L}\p{N}_&/#.])#(\p{L}[\p{L}\p{M}\p{N}_-]{0,58}[\p{L}\p{M}\p{N}])(?![\p{L}\p{M}\p{N}])/gu;
const COLOUR = /^(?=.*\d)(?:[\da-f]{3}|[\da-f]{6})$/i;
/** What is said in there is a title, or somebody else's address. */
const APART = new Set(['heading', 'link', 'linkReference', 'definition']);
const MOST = 50;

/**
 * Makes links of the tags that a text names.
 * @param addressOf where a tag is read; null of a word that is none
 * @returns their labels, as they were typed
 */
export function linkTags(tree: Root, addressOf: (label: string) => string | null): string[] {
  const found = new Set<string>();
  visit(tree, (node, index, parent) => {
    if (APART.has(node.type)) return SKIP;
    if (node.type !== 'text' || !parent || index === undefined || !node.value.includes('#')) return undefined;
    const parts = split(node, found, addressOf);
    parent.children.splice(index, 1, ...(parts as never[]));
    return index + parts.length;
  });
  return [...found];
}

function split(
  { value }: Text,
  found: Set<string>,
  addressOf: (label: string) => string | null,
): PhrasingContent[] {
  const parts: PhrasingContent[] = [];
  let from = 0;
  for (const match of value.matchAll(TAG)) {
    const label = match[1]!;
    const url = COLOUR.test(label) || (found.size >= MOST && !found.has(label)) ? null : addressOf(label);
    if (url === null) continue;
    found.add(label);
    if (match.index > from) parts.push({ type: 'text', value: value.slice(from, match.index) });
    parts.push({ type: 'link', url, children: [{ type: 'text', value: match[0] }] });
    from = match.index + match[0].length;
  }
  if (from < value.length || parts.length === 0) parts.push({ type: 'text', value: value.slice(from) });
  return parts;
}
