import { hashOf } from './hash.ts';
import { stemWeight } from './weights.ts';
import { isNumber, stemOf, wordsIn } from './words.ts';

/** A telling word, or two that follow each other, as a number that an index holds. */
export interface Term {
  term: number;
  weight: number;
}

const OF_TITLE = 3;
/** What a text is about it says at its beginning. */
const LONGEST = 4_000;
/** Words lighter than this stand in every other text. */
const LIGHT = 4;

/**
 * The terms that tell most of a text: half single stems, half pairs. The pairs part texts that share the words
 * everybody here uses.
 */
export function termsOf(title: string, text: string, most: number): Term[] {
  const stems = new Map<string, number>();
  const pairs = new Map<string, number>();
  for (const [part, times] of [
    [title, OF_TITLE],
    [text.slice(0, LONGEST), 1],
  ] as const) {
    let before = '';
    for (const word of wordsIn(part)) {
      const stem = stemOf(word);
      const weight = stemWeight(stem);
      if (weight < LIGHT || (stem.length < 2 && !isNumber(word))) continue;
      if (!isNumber(word)) add(stems, stem, times * weight);
      if (before) add(pairs, `${before} ${stem}`, times * Math.min(weight, stemWeight(before)));
      before = stem;
    }
  }
  return [...heaviest(stems, Math.ceil(most / 2)), ...heaviest(pairs, Math.floor(most / 2))];
}

function heaviest(weights: Map<string, number>, most: number): Term[] {
  return [...weights]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([text]) => ({ term: hashOf(text), weight: Math.min(...text.split(' ').map(stemWeight)) }));
}

function add(weights: Map<string, number>, key: string, weight: number): void {
  weights.set(key, (weights.get(key) ?? 0) + weight);
}
