import { Extension, Mark, markInputRule, markPasteRule, Node, type Extensions } from '@tiptap/core';
import Image from '@tiptap/extension-image';
import { ListItem } from '@tiptap/extension-list';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import StarterKit from '@tiptap/starter-kit';

/** Code within a line. Unlike Tiptap's own it may be bold or a link as well, as in Markdown. */
const Code = Mark.create({
  name: 'code',
  excludes: '',
  code: true,
  exitable: true,
  parseHTML: () => [{ tag: 'code' }],
  renderHTML: () => ['code', 0],
  addInputRules() {
    return [markInputRule({ find: /(^|[^`])`([^`]+)`(?!`)$/, type: this.type })];
  },
  addPasteRules() {
    return [markPasteRule({ find: /(^|[^`])`([^`]+)`(?!`)/g, type: this.type })];
  },
  addKeyboardShortcuts() {
    return { 'Mod-e': () => this.editor.commands.toggleMark(this.name) };
  },
});

/** What the editor has no form for stands as the Markdown it is, and can be changed as such. */
const Verbatim = Node.create({
  name: 'verbatim',
  group: 'block',
  content: 'text*',
  marks: '',
  code: true,
  defining: true,
  isolating: true,
  parseHTML: () => [{ tag: 'pre[data-verbatim]', preserveWhitespace: 'full' }],
  renderHTML: () => ['pre', { 'data-verbatim': '' }, 0],
});

/** A box to tick is an item of any list, as in Markdown. */
const Item = ListItem.extend({
  content: 'block+',
  addAttributes: () => ({
    checked: {
      default: null,
      parseHTML: (element) => {
        const box = element.querySelector<HTMLInputElement>(':scope > input, :scope > p > input');
        return box ? box.checked : null;
      },
      renderHTML: ({ checked }: { checked?: boolean | null }) =>
        typeof checked === 'boolean' ? { 'data-checked': String(checked) } : {},
    },
  }),
});

/** What Markdown says of a block that Tiptap does not: kept, not shown. */
const Kept = Extension.create({
  name: 'kept',
  addGlobalAttributes: () => [
    { types: ['codeBlock'], attributes: { meta: { default: null, rendered: false } } },
    {
      types: ['bulletList', 'orderedList'],
      attributes: { loose: { default: false, rendered: false }, marker: { default: null, rendered: false } },
    },
    { types: ['link'], attributes: { title: { default: null } } },
  ],
});

const Cell = TableCell.extend({ content: 'paragraph' });
const Header = TableHeader.extend({ content: 'paragraph' });

/** Everything that the Markdown of the network can say, as the editor holds it. */
export const MARKDOWN_SCHEMA: Extensions = [
  StarterKit.configure({
    code: false,
    listItem: false,
    underline: false,
    link: { openOnClick: false, defaultProtocol: 'https', protocols: ['http', 'https', 'mailto'] },
  }),
  Code,
  Verbatim,
  Item,
  Kept,
  Table.configure({ resizable: false }),
  TableRow,
  Header,
  Cell,
  Image.configure({ inline: true }),
];
