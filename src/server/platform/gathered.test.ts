import { expect, test } from 'vitest';
import { testDatabase } from '../../../tests/database.ts';
import { gathered } from './gathered.ts';

const { db } = await testDatabase('empty');

test('what is asked in one turn is asked of the database once, each key once; a later turn asks anew', async () => {
  const asked: string[][] = [];
  const lengthOf = gathered(async (_, words: string[]) => {
    asked.push(words);
    return new Map(words.filter((word) => word !== 'rien').map((word) => [word, word.length]));
  });
  const answers = ['un', 'deux', 'un', 'rien'].map((word) => lengthOf(db, word));
  expect(await Promise.all(answers)).toEqual([2, 4, 2, undefined]);
  expect(await lengthOf(db, 'un')).toBe(2);
  expect(asked).toEqual([['un', 'deux', 'rien'], ['un']]);
});

test('a fault reaches whoever asked in that turn, and nobody after', async () => {
  let broken = true;
  const find = gathered(async (_, keys: number[]) => {
    if (broken) throw new Error('away');
    return new Map(keys.map((key) => [key, key]));
  });
  const first = await Promise.allSettled([find(db, 1), find(db, 2)]);
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broken = false;
  expect(await find(db, 1)).toBe(1);
});
