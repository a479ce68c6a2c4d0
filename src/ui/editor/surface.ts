import { Editor, type Range } from '@tiptap/core';
import { Slice } from '@tiptap/pm/model';
import { Selection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { putApart } from './apart.ts';
import { completing, type Completing } from './completing.ts';
import { openMarkdown } from './document.ts';
import { MARKDOWN_SCHEMA } from './schema.ts';
import { takeUp } from './take-up.ts';
import { TASKS } from './tasks.ts';

export interface SurfaceProps {
  /** Markdown, as the editor opens it. */
  value: string;
  light: boolean;
  labelledby: string;
  describedby?: string;
  /** Whoever was in the plain field goes on here. */
  focus: boolean;
  /** The white space he had typed at its end. */
  trail: string;
  onmarkdown: (markdown: string) => void;
  ontag?: (label: string) => void;
  onplain: () => void;
}

/** An editor on a Markdown text. */
export interface Opened {
  editor: Editor;
  /** The text as it stands. */
  markdown(): string;
  /** Puts Markdown in a paragraph of its own, where the caret stands. */
  put(markdown: string): void;
  /** Shows another text. */
  open(markdown: string): void;
  /** Goes on behind the last word, and behind the white space that somebody had typed there. */
  goOn(trail: string): void;
}

/** What more than one letter at once may say in Markdown: pasted, dictated or put in by a keyboard that completes. */
const SIGNS = /\*\*?\S|~~\S|`[^`]+`|\]\(|^#{1,6} |^[-*+] |^\d+[.)] |^> |^\|.*\||^```|^\[[ x]\] |https?:\/\//m;

/** Opens an editor in an element. `changed` hears of every change of words or caret. */
export function openEditor(
  element: HTMLElement,
  props: SurfaceProps,
  completion: Completing,
  changed: () => void,
): Opened {
  const editor = new Editor({
    element,
    extensions: [...MARKDOWN_SCHEMA, TASKS, ...completing(completion)],
    injectCSS: false,
    onTransaction: changed,
    editorProps: {
      attributes: {
        class: 'prose',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-labelledby': props.labelledby,
        ...(props.describedby && { 'aria-describedby': props.describedby, 'aria-invalid': 'true' }),
        dir: 'auto',
      },
      clipboardTextParser: (words, _, plain, view) =>
        plain
          ? Slice.maxOpen(view.state.schema.node('doc', null, paragraphs(view, words)).content)
          : sliceOf(view, words),
      clipboardTextSerializer: (slice, view) => {
        const doc = view.state.schema.topNodeType.createAndFill(null, slice.content);
        return doc ? openMarkdown(view.state.schema, '').write(doc).trim() : '';
      },
      // A picture that comes with its file is sent; its address elsewhere is not kept.
      handlePaste: (_, event) =>
        Boolean(event.clipboardData?.files.length && !event.clipboardData.getData('text/plain')),
      handleTextInput: (view, from, to, words) => {
        if (words.length < 4 || !SIGNS.test(words) || view.state.selection.$from.parent.type.spec.code)
          return false;
        view.dispatch(view.state.tr.replaceRange(from, to, sliceOf(view, words)).scrollIntoView());
        return true;
      },
    },
  });
  const show = (change: Transaction) => editor.view.dispatch(change.setMeta('addToHistory', false));
  let text = openMarkdown(editor.schema, props.value);
  // All of it: the paragraph in which an editor begins is nobody's.
  show(editor.state.tr.replaceWith(0, editor.state.doc.content.size, text.doc.content));
  return {
    editor,
    open(markdown) {
      text = openMarkdown(editor.schema, markdown);
      show(takeUp(editor.state, text.doc));
    },
    goOn(trail) {
      show(behind(editor.state.tr, trail));
      // At once: a key pressed before the next frame would be lost.
      editor.view.focus();
    },
    markdown: () => text.write(editor.state.doc),
    put(markdown) {
      const { view } = editor;
      view.dispatch(putApart(editor.state, openMarkdown(editor.schema, markdown).doc).scrollIntoView());
      view.focus();
    },
  };
}

/** Puts the caret behind the last word and what white space follows it: a new line is a paragraph here. */
function behind(change: Transaction, trail: string): Transaction {
  const end = Selection.atEnd(change.doc);
  if (trail && end.$to.parent.type.name === 'paragraph') {
    if (trail.includes('\n')) change.split(end.to);
    else change.insertText(trail, end.to);
  }
  return change.setSelection(Selection.atEnd(change.doc));
}

/** What Markdown says, as a piece to put into a text. */
function sliceOf(view: EditorView, markdown: string): Slice {
  return Slice.maxOpen(openMarkdown(view.state.schema, markdown).doc.content);
}

function paragraphs(view: EditorView, words: string) {
  const { schema } = view.state;
  return words
    .split(/\n+/)
    .map((line) => schema.nodes['paragraph']!.create(null, line ? schema.text(line) : null));
}

/** Where the caret or a range stands in the window. */
export function placeOf(editor: Editor, range: Range): { left: number; top: number; bottom: number } {
  const { left, top, bottom } = editor.view.coordsAtPos(range.from);
  return { left, top, bottom };
}
