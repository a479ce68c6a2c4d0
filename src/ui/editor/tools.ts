import type { Editor } from '@tiptap/core';
import type { Key } from '../words.ts';

/** One button of the toolbar. */
export interface Tool {
  name: string;
  label: Key;
  /** A drawing, in a box of 24. */
  drawing: string;
  keys?: string;
  active: (editor: Editor) => boolean;
  run: (editor: Editor) => void;
}

const mark = (name: string, label: Key, drawing: string, keys: string): Tool => ({
  ...{ name, label, drawing, keys },
  active: (editor) => editor.isActive(name),
  run: (editor) => void editor.chain().focus().toggleMark(name).run(),
});

const isTask = (editor: Editor) =>
  editor.isActive('listItem', { checked: true }) || editor.isActive('listItem', { checked: false });

const heading: Tool = {
  name: 'heading',
  label: 'editor.heading',
  drawing: 'M6 5v14M16 5v14M6 12h10',
  active: (editor) => editor.isActive('heading'),
  run: (editor) => void editor.chain().focus().toggleHeading({ level: 2 }).run(),
};
const bold = mark(
  'bold',
  'editor.bold',
  'M8 5h5a3.4 3.4 0 0 1 0 7H8zM8 12h6a3.5 3.5 0 0 1 0 7H8z',
  'Control+B',
);
const italic = mark('italic', 'editor.italic', 'M11 5h6M7 19h6M14 5l-4 14', 'Control+I');
const strike = mark(
  'strike',
  'editor.strike',
  'M5 12h14M16 7.5C15.5 6 14 5 12 5 9.5 5 8 6.3 8 8M8 16.500c.5 1.5 2 2.5 4 2.5 2.5 0 4-1.3 4-3.2',
  'Control+Shift+S',
);
const code = mark('code', 'editor.code', 'm9 8-4 4 4 4M15 8l4 4-4 4', 'Control+E');
const bullets: Tool = {
  name: 'bullets',
  label: 'editor.bullets',
  drawing: 'M10 6h10M10 12h10M10 18h10M4.5 6h.01M4.5 12h.01M4.5 18h.01',
  active: (editor) => editor.isActive('bulletList') && !isTask(editor),
  run: (editor) =>
    void (isTask(editor)
      ? editor.chain().focus().updateAttributes('listItem', { checked: null }).run()
      : editor.chain().focus().toggleBulletList().run()),
};
const numbers: Tool = {
  name: 'numbers',
  label: 'editor.numbers',
  drawing: 'M10 6h10M10 12h10M10 18h10M4 4.5 5.5 4v4M3.8 15h2.200l-2.2 4h2.4',
  active: (editor) => editor.isActive('orderedList'),
  run: (editor) => void editor.chain().focus().toggleOrderedList().run(),
};
const tasks: Tool = {
  name: 'tasks',
  label: 'editor.tasks',
  drawing: 'M4 5h6v6H4zM13 8h7M4 15h6v6H4zM13 18h7m-15 0 1.5 1.500L9 17',
  active: isTask,
  run(editor) {
    const chain = editor.chain().focus();
    if (isTask(editor)) return void chain.updateAttributes('listItem', { checked: null }).run();
    if (!editor.isActive('listItem')) chain.toggleBulletList();
    chain.updateAttributes('listItem', { checked: false }).run();
  },
};
const quote: Tool = {
  name: 'quote',
  label: 'editor.quote',
  drawing: 'M5 5v14M9 8h11M9 12h11M9 16h7',
  active: (editor) => editor.isActive('blockquote'),
  run: (editor) => void editor.chain().focus().toggleBlockquote().run(),
};
const block: Tool = {
  name: 'block',
  label: 'editor.code',
  drawing: 'M4 5h16v14H4zM9.5 10 7.5 12l2 2M14.5 10l2 2-2 2',
  active: (editor) => editor.isActive('codeBlock'),
  run: (editor) => void editor.chain().focus().toggleCodeBlock().run(),
};
const table: Tool = {
  name: 'table',
  label: 'editor.table',
  drawing: 'M4 5h16v14H4zM4 10h16M4 14.500h16M12 5v14',
  active: (editor) => editor.isActive('table'),
  run: (editor) =>
    void (editor.isActive('table') || editor.chain().focus().insertTable({ rows: 3, cols: 2 }).run()),
};

export const ALL_TOOLS: Tool[] = [
  heading,
  bold,
  italic,
  strike,
  bullets,
  numbers,
  tasks,
  quote,
  code,
  block,
  table,
];
export const LIGHT_TOOLS: Tool[] = [bold, italic, bullets, quote, code];

/** What can be done with the table that the caret stands in. */
export const TABLE_VERBS: { label: Key; run: (editor: Editor) => void }[] = [
  { label: 'editor.rowBelow', run: (editor) => void editor.chain().focus().addRowAfter().run() },
  { label: 'editor.columnAfter', run: (editor) => void editor.chain().focus().addColumnAfter().run() },
  { label: 'editor.deleteRow', run: (editor) => void editor.chain().focus().deleteRow().run() },
  { label: 'editor.deleteColumn', run: (editor) => void editor.chain().focus().deleteColumn().run() },
  { label: 'editor.deleteTable', run: (editor) => void editor.chain().focus().deleteTable().run() },
];
