import { expect, test } from 'vitest';
import { keptLineEnds } from './line-ends.ts';

test('a line that its writer ended ends', () => {
  const long = 'Une phrase que rien ne coupe. '.repeat(5).trim();
  expect(keptLineEnds('Bonjour Hélène,\nOui, mardi.\n\nÀ mardi,\nNadia')).toBe(
    'Bonjour Hélène,\\\nOui, mardi.\n\nÀ mardi,\\\nNadia',
  );
  expect(keptLineEnds(`${long}\nPuis ceci.`)).toBe(`${long}\\\nPuis ceci.`);
});

test.each([
  'Nous serons douze, et il faudra une salle plus grande que celle de\nmardi dernier.',
  '- un\n- deux\n\n1. un\n2. deux',
  '# Titre\nEt la suite',
  '> cité\n> encore',
  '```\nun\ndeux\n```',
  '    un\n    deux',
])('wrapped lines, lists and code stay as they are: %j', (text) => {
  expect(keptLineEnds(text)).toBe(text);
});
