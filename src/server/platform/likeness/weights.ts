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

const [stems, grams] = frequencies();

/** The weight of a stem, between 0.5 (in every sentence) and 9.7 (not in the list). */
export function stemWeight(stem: string): number {
  return stems.get(stem) ?? UNKNOWN;
}

/** The weight of a few letters of a word. */
export function gramWeight(gram: string): number {
  return grams.get(gram) ?? UNKNOWN;
}

function frequencies(): [Map<string, number>, Map<string, number>] {
  const [byStem, byGram] = [new Map<string, number>(), new Map<string, number>()];
  let total = 0;
  for (const list of [common.french, common.english]) {
    list.split(' ').forEach((word, rank) => {
      // Zipf's law with Mandelbrot's shift: the list tells ranks alone.
      const frequency = 1 / (rank + 2.7);
      if (list === common.french) total += frequency;
      add(byStem, stemOf(word), frequency);
      for (const gram of new Set(gramsOf(word))) add(byGram, gram, frequency);
    });
  }
  return [weigh(byStem, total), weigh(byGram, total)];
}

function weigh(frequencies: Map<string, number>, total: number): Map<string, number> {
  return new Map([...frequencies].map(([key, frequency]) => [key, weightOf(frequency / total)]));
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
