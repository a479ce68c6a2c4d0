import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readsEnglish, spaced, typeset } from './typography.ts';

test('French breaks no line before its double signs', () => {
  expect(typeset("Rien ? Si : l'offre, « prête » !", 'fr')).toBe(
    'Rien\u202f? Si\u202f: l’offre, «\u202fprête\u202f»\u202f!',
  );
});

test('English keeps its own spaces; both curl apostrophes and join dots', () => {
  expect(typeset("Don't wait...", 'en')).toBe('Don’t wait…');
  expect(typeset('Really ?', 'en')).toBe('Really ?');
});

test('what people wrote changes in nothing but the width of its spaces', () => {
  const text = fc.array(
    fc.constantFrom(' ', ':', ';', '!', '?', '«', '»', '%', '€', '3', '120', 'a', ')', '\n', '🙂', '…'),
  );
  fc.assert(
    fc.property(text, (parts) => {
      const written = parts.join('');
      expect(spaced(written).replaceAll('\u202f', ' ')).toBe(written);
      expect(spaced(spaced(written))).toBe(spaced(written));
    }),
  );
});

test('a number is not broken', () => {
  expect(spaced('perdu 1 412 000 € en 2025')).toBe('perdu 1\u202f412\u202f000\u202f€ en 2025');
});

test.each([
  'en 2024 350 personnes',
  '12 34',
  'à 10:30',
  'merci :)',
  'bien ;-)',
  ':tada: hop',
  'un :deux',
  'a ?b',
  '3 %a',
])('%s is left alone', (text) => expect(spaced(text)).toBe(text));

test('English is told by its small words', () => {
  expect(readsEnglish('This is the place to be.')).toBe(true);
  expect(readsEnglish('Bravo à toute l’équipe !')).toBe(false);
  expect(readsEnglish('Le client dit « the best » et il est parti.')).toBe(false);
});
