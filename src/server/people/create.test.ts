import { expect, test } from 'vitest';
import { checkName } from './create.ts';

test.each([
  ['a space without breadth', 'Hélène\u200b Dargent'],
  ['a turn of direction', '\u202eHélène\u2066 Dargent\u2069'],
  ['a hyphen that may be', 'Hé\u00adlène Dargent\ufeff'],
])('a name looks like no other by %s', (_, typed) => {
  expect(checkName(typed)).toBe('Hélène Dargent');
});

test('a name of nothing but unseen signs is none; joiners that a script needs stay', () => {
  expect(() => checkName('\u200b\u202e')).toThrow(expect.objectContaining({ code: 'invalid' }));
  expect(checkName('می\u200cخواهم')).toBe('می\u200cخواهم');
});
