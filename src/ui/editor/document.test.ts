import { getSchema, type JSONContent } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '#server/platform/markdown.ts';
import { openMarkdown } from './document.ts';
import { MARKDOWN_SCHEMA } from './schema.ts';

const schema = getSchema(MARKDOWN_SCHEMA);
const open = (markdown: string) => openMarkdown(schema, markdown);
const rewritten = (doc: Node) => open('').write(doc);
const shownBy = (doc: Node) => doc.content.content.map((node) => inBrief(node.toJSON() as JSONContent));
/** Letter by letter, with its marks. On a blank none is seen; behind a block that stands as Markdown no blank line is. */
function inBrief(node: JSONContent): JSONContent {
  if (node.type === 'verbatim') return { type: 'verbatim', text: node.content?.[0]?.text?.trimEnd() };
  const content = node.content?.flatMap((child) =>
    child.type === 'text'
      ? [...(child.text ?? '')].map((text) => ({ text, marks: text.trim() ? child.marks : undefined }))
      : [inBrief(child)],
  );
  return { ...node, content };
}
/** What is read, by block; which mark stands within which is no difference. */
const readAs = (markdown: string) =>
  renderMarkdown(markdown)
    .html.replace(/<\/?(?:strong|em|del|a)(?: [^>]*)?>/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?(<\/?(?:p|li|h\d|td|th|br)>) ?/g, '$1');
const RUNS = { numRuns: Number(process.env['RUNS'] ?? 150), seed: Number(process.env['SEED'] ?? 20261121) };

const words = fc.constantFrom(
  ...[
    'Bonjour',
    'l’été',
    'a_b',
    '2 * 3',
    'prix',
    '5 %',
    'C:\\rep',
    '[x]',
    '#tag',
    '@jean_paul.b',
    'a|b',
    '\u00a0!',
  ],
  ...['&amp;', '&', '<', 'https', '1.', '-', '+', '~', '!', '`', '**', '👩‍💻', 'مرحبا', '_', '(c)', 'x@y.fr'],
);
const line = fc.array(words, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(' '));
const inline = fc.letrec<{ phrase: string; piece: string }>((tie) => ({
  phrase: fc.array(tie('piece'), { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(' ')),
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    line,
    tie('phrase').map((text) => `**${text}**`),
    tie('phrase').map((text) => `*${text}*`),
    tie('phrase').map((text) => `~~${text}~~`),
    tie('phrase').map((text) => `[${text}](https://example.org/a_b "t")`),
    line.map((text) => `\`\`${text}\`\``),
    fc.constantFrom(
      '![une image](/files/1 "t")',
      'https://example.org/a?b=c&d_e',
      '<https://a.fr>',
      'a\\\nb',
    ),
    fc.constantFrom('www.essaim.fr', '[ref]', '[^1]', '<b>brut</b>', '<br>', 'c  \nd', 'e\nf', '****'),
  ),
})).phrase;
const indented = (text: string, by: string) => text.replace(/\n(?=.)/g, `\n${by}`);
const block = fc.letrec<{ block: string; blocks: string }>((tie) => ({
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((all) => all.join('\n\n')),
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    inline,
    fc.tuple(fc.integer({ min: 1, max: 6 }), inline).map(([n, text]) => `${'#'.repeat(n)} ${text}`),
    inline.map((text) => `${text.replaceAll('\n', ' ')}\n===`),
    fc.constantFrom(
      '---',
      '***',
      '```js titre\nlet a = `b`;\n\n```',
      '~~~\n```\n~~~',
      '    indenté',
      '```\n```',
    ),
    fc.constantFrom(
      '<div>\nbrut\n</div>',
      '[ref]: https://x.fr',
      '[^1]: Une note.',
      '<!-- rien -->',
      '- \n- b',
    ),
    fc
      .tuple(
        fc.constantFrom('- ', '* ', '+ ', '1. ', '7) ', '- [ ] ', '- [x] '),
        fc.array(tie('blocks'), { minLength: 1, maxLength: 3 }),
        fc.constantFrom('\n', '\n\n'),
      )
      .map(([marker, items, between]) =>
        items.map((item) => marker + indented(item, ' '.repeat(marker.indexOf(' ') + 1))).join(between),
      ),
    tie('blocks').map((text) => `> ${text.replaceAll('\n', '\n> ')}`),
    fc
      .tuple(line, line, fc.constantFrom('---|---', ':-:|--:'))
      .map(
        ([a, b, rule]) =>
          `| ${a.replaceAll('|', '')} | b |\n|${rule}|\n| ${b.replaceAll('|', '\\|')} |\n| c | d |`,
      ),
  ),
})).block;
const gap = fc.constantFrom('\n\n', '\n\n\n', '\n \n', '  \n\n', '\n');
const text = fc
  .tuple(fc.constantFrom('', '\n', '  \n'), fc.array(fc.tuple(block, gap), { maxLength: 5 }))
  .map(([before, blocks]) => before + blocks.flat().join(''));

describe('Markdown -> editor -> Markdown', () => {
  test('changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary', maxLength: 80 })), (markdown) => {
        const { doc, write } = open(markdown);
        expect(write(doc)).toBe(markdown);
      }),
      RUNS,
    );
  });

  test('written afresh, it says the same', () => {
    fc.assert(
      fc.property(text, (markdown) => {
        const { doc } = open(markdown);
        const again = rewritten(doc);
        expect(shownBy(open(again).doc), again).toEqual(shownBy(doc));
        expect(readAs(again), again).toBe(readAs(markdown));
      }),
      RUNS,
    );
  });

  test('what nobody touched stays to the letter beside what is new', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.boolean(), (markdown, at, replace) => {
        const { doc, write } = open(markdown);
        const children = [...doc.content.content];
        const here = at % children.length;
        // Without a definition, what refers to it says something else, and rightly so.
        const gone = replace && children[here]!.type.name !== 'verbatim';
        children.splice(here, gone ? 1 : 0, schema.nodes['paragraph']!.create(null, schema.text('Nouveau.')));
        const edited = schema.topNodeType.create(null, children);
        const result = write(edited);
        expect(shownBy(open(result).doc), result).toEqual(
          shownBy(edited).filter(
            (node) => node.type !== 'paragraph' || ('content' in node && node.content?.length),
          ),
        );
      }),
      RUNS,
    );
  });
});
