import { expect, test } from 'vitest';
import { marked } from './mark.ts';

test('of many places the one whose neighbours were told is marked, however far it stands', () => {
  const html = `<p>${'un prix, '.repeat(500)}le <b>prix</b> ferme</p>`;
  const far = { id: 'x', quote: 'prix', before: 'un prix, le ', behind: ' ferme' };
  expect(marked(html, [far])).toContain('le <b><mark data-highlight="x">prix</mark></b> ferme');
});

test.each([
  ['a', 100_000, 20],
  [`${'a'.repeat(1_000)}b${'a'.repeat(1_000)}`, 100_000, 20],
])(
  'marks on what stands everywhere, or nearly, cost no more than reading the page',
  (quote, length, many) => {
    const html = `<p>${'a'.repeat(length)}</p>`;
    const [before, behind] = [`b${'a'.repeat(60)}`, `${'a'.repeat(60)}b`];
    const marks = Array.from({ length: many }, (_, at) => ({ id: `m${at}`, quote, before, behind }));
    const began = process.cpuUsage();
    expect(marked(html, marks).includes('<mark')).toBe(quote === 'a');
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(500);
  },
);
