import type { JSONContent } from '@tiptap/core';
import type { Node, Schema } from '@tiptap/pm/model';
import { markerOf, readMarkdown, verbatim } from './read-markdown.ts';
import { writeBlock } from './write-markdown.ts';

/** What was read, to be written again as it was wherever nobody touched it. */
interface Origin {
  markdown: string;
  nodes: Node[];
  sources: string[];
  gaps: string[];
}

/** A text in the editor: the document it shows, and the way back to Markdown. */
export interface MarkdownDocument {
  doc: Node;
  /** The Markdown of a document that came from `doc` by editing. Blocks that say the same are written as they were. */
  write(doc: Node): string;
}

/** Reads Markdown into a document of the editor. Unedited, it is written back to the letter. */
export function openMarkdown(schema: Schema, markdown: string): MarkdownDocument {
  const { blocks, gaps } = readMarkdown(markdown);
  const nodes = blocks.map(({ node, source }) => nodeOf(schema, node, source));
  const origin = { markdown, nodes, sources: blocks.map(({ source }) => source), gaps };
  const shown = nodes.length ? nodes : [schema.nodes['paragraph']!.create()];
  return { doc: schema.topNodeType.create(null, shown), write: (doc) => write(origin, doc) };
}

/** A block as the schema has it; as Markdown where the schema has no place for it. */
function nodeOf(schema: Schema, json: JSONContent, source: string): Node {
  try {
    const node = schema.nodeFromJSON(json);
    node.check();
    return node;
  } catch {
    return schema.nodeFromJSON(verbatim(source));
  }
}

function write(origin: Origin, doc: Node): string {
  const nodes = doc.content.content.filter((node) => !isBlank(node));
  const places = originals(origin, nodes);
  if (nodes.length === origin.nodes.length && places.every((place, index) => place === index))
    return origin.markdown;
  let text = '';
  let previous: Written | null = null;
  nodes.forEach((node, index) => {
    const place = places[index]!;
    const joined = previous && place !== null && previous.place === place - 1;
    if (joined) {
      text += origin.gaps[place]! + origin.sources[place]!;
      previous = { node, place, text: origin.sources[place]! };
      return;
    }
    const block =
      place !== null && standsAlone(origin.sources[place]!, node, previous)
        ? { node, place, text: origin.sources[place]! }
        : written(node, previous);
    if (!block.text) return;
    text += (previous ? '\n\n' : '') + block.text;
    previous = block;
  });
  const kept = previous as Written | null;
  const ending = kept && kept.place === origin.nodes.length - 1 ? origin.gaps.at(-1)! : '\n';
  return text && text + ending;
}

interface Written {
  node: Node;
  place: number | null;
  text: string;
}

/** Where each block stood in the text that was read; null for what is new or says something else. */
function originals({ nodes }: Origin, now: Node[]): (number | null)[] {
  const byIdentity = new Map(nodes.map((node, index) => [node, index]));
  const taken = new Set(now.flatMap((node) => byIdentity.get(node) ?? []));
  const left = nodes.map((_, index) => index).filter((index) => !taken.has(index));
  const byWords = Map.groupBy(left, (index) => JSON.stringify(nodes[index]));
  return now.map((node) => byIdentity.get(node) ?? byWords.get(JSON.stringify(node))?.shift() ?? null);
}

const isBlank = (node: Node) => node.type.name === 'paragraph' && node.childCount === 0;

/**
 * True where the source says the same behind `previous`. Some words owe their form to what stood right before them;
 * behind a list, what is indented would be read as part of it, and what is marked alike as more of it.
 */
function standsAlone(source: string, node: Node, previous: Written | null): boolean {
  if (node.type.name === 'verbatim') return true;
  const { blocks } = readMarkdown(source);
  const alone = blocks.length === 1 && nodeOf(node.type.schema, blocks[0]!.node, source).eq(node);
  if (!alone || !previous) return alone;
  const behindList = markerOf(previous.text);
  if (/^[ \t]/.test(source)) return !behindList && previous.node.type.name !== 'verbatim';
  return !behindList || markerOf(source) !== behindList;
}

function written(node: Node, previous: Written | null): Written {
  const behindList = previous && previous.node.type.name !== 'paragraph' ? markerOf(previous.text) : '';
  return { node, place: null, text: writeBlock(node.toJSON() as JSONContent, behindList) };
}
