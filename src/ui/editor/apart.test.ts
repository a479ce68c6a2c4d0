import { getSchema } from '@tiptap/core';
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import { putApart } from './apart.ts';
import { openMarkdown } from './document.ts';
import { MARKDOWN_SCHEMA } from './schema.ts';

const schema = getSchema(MARKDOWN_SCHEMA);
const CARD = '[Devis.pdf](/files/devis)';

/** The text with cards put, one after the other, where the caret stands behind `word`. */
function withCards(markdown: string, word: string, cards = [CARD]): string {
  const { doc, write } = openMarkdown(schema, markdown);
  let at = 1;
  doc.descendants((node, pos) => {
    const found = node.text?.indexOf(word) ?? -1;
    if (word && found >= 0) at = pos + found + word.length;
  });
  let state = EditorState.create({ doc, selection: TextSelection.create(doc, at) });
  for (const card of cards) state = state.apply(putApart(state, openMarkdown(schema, card).doc));
  expect(state.selection.$from.parent.content.size).toBe(0);
  state.doc.check();
  return write(state.doc).trim();
}

test('what is attached stands in a paragraph of its own', () => {
  expect(withCards('', '')).toBe(CARD);
  expect(withCards('Voici.\n\nMerci.', 'Voici')).toBe(`Voici.\n\n${CARD}\n\nMerci.`);
  expect(withCards('# Devis\n\nVoici.', 'Devis')).toBe(`# Devis\n\n${CARD}\n\nVoici.`);
  expect(withCards('- un\n- deux', 'un')).toContain(`- un\n\n  ${CARD}\n`);
});

test('two in a row stand apart', () => {
  expect(withCards('Voici.', 'Voici.', ['![Stand](/files/stand)', CARD])).toBe(
    `Voici.\n\n![Stand](/files/stand)\n\n${CARD}`,
  );
});

test('a cell has no place for it: it comes below the table', () => {
  const table = '| a | b |\n| - | - |\n| un | deux |';
  expect(withCards(table, 'un')).toBe(`${table}\n\n${CARD}`);
});
