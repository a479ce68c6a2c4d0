import { expect, test } from 'vitest';
import french from '#messages/fr.json' with { type: 'json' };
import { voice } from '../../i18n/voice.ts';
import { watchOptions } from './watch-options.ts';

const t = voice('fr', french);
const watches = [
  { id: 'a', name: 'Acme', shared: false },
  { id: 'n', name: 'Norvalt', shared: true },
];
const values = (...args: Parameters<typeof watchOptions>) => watchOptions(...args).map(({ value }) => value);

test('the watch that is chosen now is among the options, once, wherever the list ends', () => {
  expect(values(t, watches, { id: 'z', name: 'Zirtex' })).toEqual(['', 'z', 'a', 'n']);
  expect(values(t, watches, { id: 'n', name: 'Norvalt' })).toEqual(['', 'a', 'n']);
  expect(values(t, watches, null)).toEqual(['', 'a', 'n']);
});

test('a shared watch says so', () => {
  const shared = { id: 'z', name: 'Zirtex', shared: true };
  expect(watchOptions(t, watches, shared).map(({ label }) => label)).toEqual([
    'Aucune veille',
    'Zirtex (partagée)',
    'Acme',
    'Norvalt (partagée)',
  ]);
});
