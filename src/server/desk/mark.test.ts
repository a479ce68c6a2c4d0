import { expect, test } from 'vitest';
import { marked } from './mark.ts';

test('of many places the one whose neighbours were told is marked, however far it stands', () => {
  const html = `<p>${'un prix, '.repeat(500)}le <b>prix</b> ferme</p>`;
  const far = { id: 'x', quote: 'prix', before: 'un prix, le ', behind: ' ferme' };
  expect(marked(html, [far])).toContain('le <b><mark data-highlight="x">prix</mark></b> ferme');
  expect(marked(html, [{ ...far, before: 'autre', behind: 'chose' }])).toMatch(
    /^<p>un <mark data-highlight="x">prix<\/mark>/,
  );
});

test('two hundred marks on one letter of a long page cost no more than reading it', () => {
  const html = `<p>${'a'.repeat(20_000)}</p>`;
  const marks = Array.from({ length: 200 }, (_, at) => ({
    id: `m${at}`,
    quote: 'a',
    before: 'x',
    behind: 'y',
  }));
  const before = process.cpuUsage();
  expect(marked(html, marks)).toContain('<mark');
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(900);
});
