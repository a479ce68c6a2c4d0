import { expect, test } from 'vitest';
import { extractText, getDocumentProxy } from 'unpdf';
import { fileNameOf, markdownOf } from './export-markdown.ts';
import { pdfOf } from './export-pdf.ts';
import type { PageView } from './present.ts';
import { TEMPLATES_EN } from './templates-en.ts';
import { TEMPLATES_FR } from './templates-fr.ts';

const somebody = { id: '', handle: 'elise.perrin', name: 'Élise Perrin', status: 'active' as const };
const page = (body: string, title = 'Fiche : Acmé') =>
  ({
    ...{ id: '01900000-0000-7000-8000-000000000000', title, body, tags: [{ slug: 'prix', label: 'Prix' }] },
    community: { slug: 'vigie', name: 'La vigie', emoji: '🔭', access: 'closed' },
    ...{ createdAt: '2026-01-02T03:04:05.000Z', editedAt: null },
    contributors: [{ person: somebody, firstAt: '', lastAt: '', versions: 1 }],
  }) as unknown as PageView;
const words = { about: 'La vigie · Élise Perrin', page: (number: number, of: number) => `${number} / ${of}` };
const read = async (body: string, title?: string) => {
  const bytes = await pdfOf(page(body, title), words, 'https://essaim.example');
  const { text, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), {
    mergePages: true,
  });
  return { text: text.replace(/\s+/g, ' '), totalPages };
};

test('a page goes out as Markdown with its writers', () => {
  const file = markdownOf(page('## Prix\n\n12 € [[Norvalt]]\n'), 'https://essaim.example');
  expect(file).toContain('contributors: ["Élise Perrin"]');
  expect(file).toMatch(/\n---\n\n# Fiche : Acmé\n\n## Prix\n\n12 € \[\[Norvalt\]\]\n$/);
  expect(fileNameOf('../Prix/2027 : « é »', 'pdf')).toBe('Prix 2027 é.pdf');
  expect(fileNameOf('🐝', 'md')).toBe('page.md');
});

test('a page goes out as PDF, with accents, lists, tables, quotes, code and links', async () => {
  const { text } = await read(
    [
      '## L’été où Acmé a coûté 12 € de plus',
      'Un cœur **gras**, *maigre*, `code`, [lien](/posts/x), [[Norvalt|chez eux]] et ~~faux~~.',
      '1. premier\n   - dedans\n2. deuxième\n\n- [x] fait\n- [ ] à faire',
      '> Cité\n\n```\nlisting\n```',
      '| Nom | Prix |\n| --- | --- |\n| Pompe à chaleur | 14 € |',
      '---',
      '![plan](/files/x)',
    ].join('\n\n'),
  );
  for (const words of [
    'Fiche : Acmé',
    'La vigie · Élise Perrin',
    'L’été où Acmé a coûté 12 € de plus',
    'Un cœur gras, maigre, code, lien, chez eux et faux.',
    '1. premier',
    '• dedans',
    '[x] fait',
    'Cité',
    'listing',
    'Pompe à chaleur',
    '[plan]',
    '1 / 1',
  ])
    expect(text).toContain(words);
});

test('nothing that somebody writes breaks the print', async () => {
  const deep = '> '.repeat(30) + 'au fond\n\n' + '- '.repeat(30) + 'au fond';
  const long = 'Une phrase qui dure. '.repeat(3_000);
  const wide = `| ${'x'.repeat(300)} | b |\n| --- | --- |\n| 1 | 2 | 3 |`;
  const { text, totalPages } = await read(
    `${deep}\n\n${long}\n\n${wide}\n\nمرحبا 🐝 Ž <b>x</b>\n\n[^1]: note`,
    'مرحبا 🐝',
  );
  expect(totalPages).toBeGreaterThan(10);
  expect(text).toContain('au fond');
  expect((await read('')).totalPages).toBe(1);
});

test('templates say the same things in both languages', () => {
  expect(Object.keys(TEMPLATES_EN)).toEqual(Object.keys(TEMPLATES_FR));
  for (const [key, { body }] of Object.entries(TEMPLATES_FR)) {
    const headings = (text: string) => text.match(/^## /gm)?.length;
    expect(headings(TEMPLATES_EN[key]!.body)).toBe(headings(body));
  }
});

test('a table that would fill pages with empty cells is printed as it was typed', async () => {
  const rows = `|${'a|'.repeat(150)}\n|${'-|'.repeat(150)}\n${'|\n'.repeat(140)}`;
  const { text, totalPages } = await read(rows);
  expect(text).toContain('|a|a|');
  expect(totalPages).toBeLessThan(10);
});
