import common from './common-words.json' with { type: 'json' };
import { gramsOf, stemOf, wordsIn } from './words.ts';

/*
 * How much a word tells. It is taken from a public list of how often French and English words come in general, never
 * from what people wrote here: a weight learnt from texts would say something of texts that the reader may not see
 * (docs/decisions/0029-twins-and-dossiers.md). A word that the list does not know, a name above all, weighs most.
 */

/** Words in a sentence, about: the weight is that of `log(sentences / sentences that hold it)`. */
const SENTENCE = 10;
const RAREST = 1e-4;

// Made when first asked for: a server that starts has better to do.
let stems: Map<string, number> | undefined;
let grams: Map<string, number> | undefined;

/** The weight of a stem, between 0.5 (in every sentence) and 9.7 (not in the list). */
export function stemWeight(stem: string): number {
  stems ??= weightsOf((word) => [stemOf(word)]);
  return stems.get(stem) ?? UNKNOWN;
}

/** The weight of a few letters of a word. */
export function gramWeight(gram: string): number {
  grams ??= weightsOf((word) => new Set(gramsOf(word)));
  return grams.get(gram) ?? UNKNOWN;
}

function weightsOf(partsOf: (word: string) => Iterable<string>): Map<string, number> {
  const weights = new Map<string, number>();
  let total = 0;
  for (const list of [common.french, common.english]) {
    list.split(' ').forEach((word, rank) => {
      // Zipf's law with Mandelbrot's shift: the list tells ranks alone.
      const frequency = 1 / (rank + 2.7);
      if (list === common.french) total += frequency;
      for (const part of partsOf(word)) add(weights, part, frequency);
    });
  }
  for (const [part, frequency] of weights) weights.set(part, weightOf(frequency / total));
  return weights;
}

function weightOf(share: number): number {
  return 0.5 - Math.log(1 - (1 - Math.min(share, 0.99)) ** SENTENCE + RAREST);
}

function add(counts: Map<string, number>, key: string, amount: number): void {
  counts.set(key, (counts.get(key) ?? 0) + amount);
}

const UNKNOWN = weightOf(0);

/** The words of a text that tell most, at most so many. */
export function mostTellingWords(text: string, most: number): string[] {
  const told = new Map<string, number>();
  for (const word of wordsIn(text)) told.set(word, (told.get(word) ?? 0) + stemWeight(stemOf(word)));
  return [...told]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([word]) => word);
}
