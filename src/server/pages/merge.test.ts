import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edits, stretches, wordsOf } from '../../text/differences.ts';
import { changeTo, documentOf, textOf, withChange } from './document.ts';
import { mergeTexts } from '../../text/merge.ts';

const word = fc.constantFrom(
  'prix',
  'Acme',
  'hausse',
  'été',
  '12',
  'client',
  'offre',
  '👩‍💼',
  '**gras**',
  '[[Norvalt]]',
);
const glue = fc.constantFrom(' ', '\n\n', ', ', '\n- ', ' \t');
const text = fc
  .array(fc.tuple(word, glue), { maxLength: 25 })
  .map((parts) => parts.map((part) => part.join('')).join(''));

/** A text and another that somebody made of it: some words taken out, some put in. */
const change = (base: string) =>
  fc
    .array(fc.tuple(fc.nat(), fc.nat({ max: 4 }), fc.array(word, { maxLength: 3 })), { maxLength: 4 })
    .map((hunks) =>
      hunks.reduce((words, [at, out, put]) => {
        const from = words.length ? at % (words.length + 1) : 0;
        return words.toSpliced(from, out, ...put.flatMap((each) => [' ', each]));
      }, wordsOf(base)),
    )
    .map((words) => words.join(''));

const pair = text.chain((base) =>
  fc.record({ base: fc.constant(base), mine: change(base), theirs: change(base) }),
);

const counted = (words: string[]) => {
  const counts = new Map<string, number>();
  for (const each of words) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
};
const letters = (words: string) => wordsOf(words).filter((each) => /[\p{L}\p{N}]/u.test(each));
/** The words that somebody wrote and that were not there. */
const wrote = (base: string, after: string) =>
  letters(
    stretches(base, after)
      .filter(({ kind }) => kind === 'added')
      .map(({ text: added }) => added)
      .join(' '),
  );

test('words, blanks and signs joined are the text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (any) => wordsOf(any).join('') === any));
});

test('the changes between two texts make the one of the other', () => {
  fc.assert(
    fc.property(pair, ({ base, mine }) => {
      const made = edits(base, mine).reduce(
        (so, { at, remove, insert }) => so.slice(0, at) + insert + so.slice(at + remove),
        base,
      );
      expect(made).toBe(mine);
    }),
  );
});

test('no word that either wrote is lost, and who wrote alone is taken at his word', () => {
  fc.assert(
    fc.property(pair, ({ base, mine, theirs }) => {
      const { text: both } = mergeTexts(base, mine, theirs);
      const there = counted(letters(both));
      for (const side of [mine, theirs]) {
        for (const [each, times] of counted(wrote(base, side)))
          expect(there.get(each) ?? 0, `${each} in ${both}`).toBeGreaterThanOrEqual(times);
      }
      expect(mergeTexts(base, mine, base)).toEqual({ text: mine, conflicts: [] });
      expect(mergeTexts(base, base, theirs)).toEqual({ text: theirs, conflicts: [] });
      expect(mergeTexts(base, mine, mine)).toEqual({ text: mine, conflicts: [] });
    }),
    { numRuns: 3000 },
  );
});

test('changes apart stand both, changes of the same words are told', () => {
  const base = 'Acme vend des pompes à Lyon. Leur prix est de 12 euros.';
  const apart = mergeTexts(base, base.replace('Lyon', 'Lille'), base.replace('12', '14'));
  expect(apart).toEqual({
    text: 'Acme vend des pompes à Lille. Leur prix est de 14 euros.',
    conflicts: [],
  });
  const same = mergeTexts(base, base.replace('12', '15'), base.replace('12', '14'));
  expect(same.text).toBe('Acme vend des pompes à Lyon. Leur prix est de 14 15 euros.');
  expect(same.conflicts).toEqual([{ theirs: '14', mine: '15' }]);
  const gone = mergeTexts(base, base.replace('Leur prix est de 12 euros.', ''), base.replace('12', '14'));
  expect(gone.text).toContain('14 euros');
  expect(gone.conflicts).toHaveLength(1);
});

test('both write at the end: both stand there, and nobody is asked', () => {
  expect(mergeTexts('Un.', 'Un.\n\nDeux.', 'Un.\n\nTrois.')).toEqual({
    text: 'Un.\n\nTrois.\n\nDeux.',
    conflicts: [],
  });
});

test('the document takes changes in any order, as often as they come, and loses no word', () => {
  fc.assert(
    fc.property(pair, ({ base, mine, theirs }) => {
      const start = documentOf(base);
      const [a, b] = [changeTo(start, mine), changeTo(start, theirs)];
      const one = withChange(withChange(start, a)!.state, b)!;
      const other = withChange(withChange(withChange(start, b)!.state, a)!.state, b)!;
      expect(one.text).toBe(other.text);
      expect(textOf(withChange(start, a)!.state)).toBe(mine);
      const there = one.text;
      for (const side of [mine, theirs])
        for (const each of new Set(wrote(base, side))) expect(there).toContain(each);
    }),
    { numRuns: 300 },
  );
});

test('what is no change of a document is refused', () => {
  const start = documentOf('Un texte.');
  expect(withChange(start, new Uint8Array([1, 2, 3, 250, 7]))).toBeNull();
  const later = changeTo(withChange(start, changeTo(start, 'Un long texte.'))!.state, 'Un très long texte.');
  const lost = changeTo(documentOf('Autre.'), 'Autre chose.');
  expect(withChange(start, lost)).toBeNull();
  expect(withChange(start, later)).not.toBeUndefined();
});
