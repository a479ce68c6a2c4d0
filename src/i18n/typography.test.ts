import { expect, test } from 'vitest';
import { typeset } from './typography.ts';

test('French breaks no line before its double signs', () => {
  expect(typeset("Rien ? Si : l'offre, « prête » !", 'fr')).toBe(
    'Rien\u202f? Si\u202f: l’offre, «\u202fprête\u202f»\u202f!',
  );
});

test('English keeps its own spaces; both curl apostrophes and join dots', () => {
  expect(typeset("Don't wait...", 'en')).toBe('Don’t wait…');
  expect(typeset('Really ?', 'en')).toBe('Really ?');
});
