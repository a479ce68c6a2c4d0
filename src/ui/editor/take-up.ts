import type { Node } from '@tiptap/pm/model';
import type { EditorState, Transaction } from '@tiptap/pm/state';

/** A block of the text, and where it stands. */
interface Placed {
  node: Node;
  at: number;
}

const isBlank = (node: Node) => node.type.name === 'paragraph' && node.childCount === 0;

/**
 * Makes a text say what another one says, and touches nothing that says it already: so the caret of whoever writes stays
 * in its words, and the empty paragraph that he has just begun stays where it is.
 */
export function takeUp(state: EditorState, next: Node): Transaction {
  const { tr, doc } = state;
  const before: Placed[] = [];
  doc.forEach((node, at) => void (isBlank(node) || before.push({ node, at })));
  const after = next.content.content.filter((node) => !isBlank(node));
  let head = 0;
  while (head < before.length && head < after.length && before[head]!.node.eq(after[head]!)) head += 1;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail)!.node.eq(after.at(-1 - tail)!)) tail += 1;
  const gone = before.slice(head, before.length - tail);
  const come = after.slice(head, after.length - tail);
  if (gone.length === come.length) {
    for (let at = gone.length - 1; at >= 0; at -= 1) change(tr, gone[at]!, come[at]!);
  } else if (gone.length > 0) {
    tr.replaceWith(gone[0]!.at, endOf(gone.at(-1)!), come);
  } else {
    const above = before[head - 1];
    tr.insert(above ? endOf(above) : 0, come);
  }
  return says(tr.doc, after) ? tr : state.tr.replaceWith(0, doc.content.size, next.content);
}

/** One block becomes another, letter by letter where they are of one kind. */
function change(tr: Transaction, { node, at }: Placed, next: Node): void {
  const start = node.sameMarkup(next) ? node.content.findDiffStart(next.content) : null;
  const end = node.sameMarkup(next) ? node.content.findDiffEnd(next.content) : null;
  if (start === null || !end) return void (node.eq(next) || tr.replaceWith(at, at + node.nodeSize, next));
  // What repeats itself is found from both ends.
  const over = Math.max(0, start - Math.min(end.a, end.b));
  tr.replace(at + 1 + start, at + 1 + end.a + over, next.slice(start, end.b + over));
}

function endOf({ node, at }: Placed): number {
  return at + node.nodeSize;
}

function says(doc: Node, blocks: Node[]): boolean {
  const shown = doc.content.content.filter((node) => !isBlank(node));
  return shown.length === blocks.length && shown.every((node, at) => node.eq(blocks[at]!));
}
