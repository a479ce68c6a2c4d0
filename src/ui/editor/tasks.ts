import { Extension, InputRule } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import type { Node } from '@tiptap/pm/model';
import type { EditorView, NodeView } from '@tiptap/pm/view';

/** Boxes to tick: shown and ticked in their place, made by typing `[ ] ` at the beginning of an item. */
export const TASKS = Extension.create({
  name: 'tasks',
  priority: 1000,
  addInputRules: () => [
    new InputRule({
      find: /^\[([ x]?)\] $/i,
      handler: ({ state, range, match, chain }) => {
        const { $from } = state.selection;
        const checked = match[1]?.toLowerCase() === 'x';
        const item = $from.node(-1);
        if (item?.type.name === 'listItem') {
          chain().deleteRange(range).updateAttributes('listItem', { checked }).run();
        } else if ($from.depth === 1) {
          chain().deleteRange(range).toggleBulletList().updateAttributes('listItem', { checked }).run();
        }
      },
    }),
  ],
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { checked } = editor.getAttributes('listItem') as { checked?: boolean | null };
        if (!editor.isActive('listItem') || typeof checked !== 'boolean') return false;
        return editor.commands.splitListItem('listItem', { checked: false });
      },
    };
  },
  addProseMirrorPlugins: () => [
    new Plugin({
      props: { nodeViews: { listItem: (node, view, position) => new ItemView(node, view, position) } },
    }),
  ],
});

class ItemView implements NodeView {
  readonly dom = document.createElement('li');
  readonly contentDOM: HTMLElement;
  #node: Node;
  readonly #box: HTMLInputElement | null = null;

  constructor(node: Node, view: EditorView, position: () => number | undefined) {
    this.#node = node;
    this.contentDOM = this.dom;
    if (typeof node.attrs['checked'] !== 'boolean') return;
    this.dom.className = 'task';
    const box = Object.assign(document.createElement('input'), {
      type: 'checkbox',
      checked: node.attrs['checked'],
      contentEditable: 'false',
      onchange: () => {
        const at = position();
        if (at !== undefined)
          view.dispatch(view.state.tr.setNodeMarkup(at, null, { ...this.#node.attrs, checked: box.checked }));
      },
    });
    this.#box = box;
    this.contentDOM = document.createElement('div');
    this.dom.append(box, this.contentDOM);
    this.#name();
  }

  update(node: Node): boolean {
    const { checked } = node.attrs as { checked: boolean | null };
    if (node.type !== this.#node.type || (typeof checked === 'boolean') !== (this.#box !== null))
      return false;
    this.#node = node;
    if (this.#box) this.#box.checked = Boolean(checked);
    this.#name();
    return true;
  }

  stopEvent(event: Event): boolean {
    return event.target === this.#box;
  }

  ignoreMutation(change: { target: globalThis.Node }): boolean {
    return !this.contentDOM.contains(change.target);
  }

  #name(): void {
    this.#box?.setAttribute('aria-label', this.#node.textContent || '…');
  }
}
