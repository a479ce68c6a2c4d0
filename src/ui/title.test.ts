import { expect, test } from 'vitest';
import { titled } from './title.ts';

test('no line of a title begins with a colon, and what is English stays as it was', () => {
  expect(titled('Norvalt : la hausse de 4 %')).toBe('Norvalt\u202f: la hausse de 4\u202f%');
  expect(titled('What the market is : a note')).toBe('What the market is : a note');
  expect(titled('Rendez-vous à 10:30 ;-)')).toBe('Rendez-vous à 10:30 ;-)');
});
