import { expect, test } from 'vitest';
import { completions, labelsIn } from './draft.ts';

test('a field of several subjects reads as its labels', () => {
  expect(labelsIn(" agro, appels d'offres ,,\nprix; ")).toEqual([' agro', " appels d'offres ", 'prix']);
});

test('a known subject completes the last one, behind those already typed, and none twice', () => {
  expect(completions('ag', ['agro', 'prix'])).toEqual(['agro', 'prix']);
  expect(completions('agro, pr', ['agro', 'prix'])).toEqual(['agro, prix']);
});
