import type { Node } from '@tiptap/pm/model';
import { TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';

/**
 * Puts blocks below the one where the caret stands, or in its place where it is empty, and the caret into an empty
 * paragraph below them: what is written next, and what is put next, stands apart.
 */
export function putApart({ tr, selection, schema }: EditorState, blocks: Node): Transaction {
  const { $to } = selection;
  const paragraph = schema.nodes['paragraph']!;
  let depth = $to.depth;
  const fits = () => {
    const after = $to.indexAfter(depth - 1);
    return $to.node(depth - 1).canReplaceWith(after, after, paragraph);
  };
  while (depth > 1 && !fits()) depth -= 1;
  const empty = depth === $to.depth && $to.parent.type === paragraph && $to.parent.content.size === 0;
  const end = depth ? $to.after(depth) : $to.pos;
  const start = empty ? $to.before(depth) : end;
  tr.replaceWith(start, end, blocks.content.addToEnd(paragraph.create()));
  return tr.setSelection(TextSelection.near(tr.doc.resolve(start + blocks.content.size + 1)));
}
