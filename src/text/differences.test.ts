import { expect, test } from 'vitest';
import { gathered, stretches, type Stretch } from './differences.ts';

const without = (kind: Stretch['kind'], all: Stretch[]) =>
  all
    .filter((stretch) => stretch.kind !== kind)
    .map(({ text }) => text)
    .join('');

test('what went stands together and then what came, and no letter of either text is lost', () => {
  const texts = [
    ['En France : rien encore', 'En France : un atelier à Voreppe'],
    ['a b c d', 'x b y d\nz'],
    ['le prix est de 12 euros.\n\nLa fin.', 'le tarif est de 14 euros.\n\nPas encore la fin.'],
    ['', 'tout est nouveau'],
    ['même texte', 'même texte'],
  ] as const;
  for (const [before, after] of texts) {
    const told = gathered(stretches(before, after));
    expect(without('added', told)).toBe(before);
    expect(without('removed', told)).toBe(after);
  }
  expect(gathered(stretches(...texts[0]))).toEqual([
    { kind: 'same', text: 'En France : ' },
    { kind: 'removed', text: 'rien encore' },
    { kind: 'added', text: 'un atelier à Voreppe' },
  ]);
});
