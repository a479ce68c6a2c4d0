import { expect, test } from 'vitest';
import { hueOf, initialsOf } from './initials.ts';

test.each([
  ['Claire Martin', 'CM'],
  ['Jean-Marc Bellot', 'JB'],
  ['élise', 'É'],
  ['سارة عبد الرحمن', 'سا'],
  ['𝒜da (invitée)', '𝒜'],
  ['???', '?'],
  ['', '?'],
])('%s stands as %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('a name always has the same colour', () => {
  expect(hueOf('Claire Martin')).toBe(hueOf('Claire Martin'));
  expect(hueOf('Claire Martin')).not.toBe(hueOf('Bernard Lecoq'));
});
