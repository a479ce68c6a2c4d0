import { hashOf } from './hash.ts';
import { vectorOf, type Parts, type Vector } from './vector.ts';
import { gramWeight, stemWeight } from './weights.ts';
import { gramsOf, isNumber, stemOf, wordsIn } from './words.ts';

/** A text made ready to be compared with many. */
export interface Prepared {
  stems: Vector;
  grams: Vector;
  numbers: ReadonlySet<string>;
}

/*
 * What each part counts for, and the cost of figures that differ. Set on 5,749 French sentence pairs judged by people,
 * measured on others: `npm run eval -- twins`.
 */
const BY_LETTERS = 0.67;
const BY_STEMS = 1 - BY_LETTERS;
const BY_NUMBERS = 0.1;

/** Takes a text apart. Whoever compares long texts hands in their beginnings: the cost grows with the length. */
export function prepare(text: string): Prepared {
  const counts = new Map<string, number>();
  for (const word of wordsIn(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const stems: [Parts, number][] = [];
  const grams: [Parts, number][] = [];
  for (const [word, times] of counts) {
    const taken = takenApart(word);
    stems.push([taken.stem, times]);
    grams.push([taken.grams, times]);
  }
  return {
    stems: vectorOf(stems),
    grams: vectorOf(grams),
    numbers: new Set([...counts.keys()].filter(isNumber)),
  };
}

/**
 * How alike two texts are, 0 to 1: the cosine of their weighted stems and that of the letters of their words, two to
 * four at a time, which forgives endings, compounds and typing errors; figures that agree bring them nearer, figures
 * that differ part them. The same both ways round. Only the two texts and a fixed list of words take part.
 */
export function likeness(a: Prepared, b: Prepared): number {
  const alike = BY_STEMS * a.stems.cosine(b.stems) + BY_LETTERS * a.grams.cosine(b.grams);
  if (a.numbers.size === 0 || b.numbers.size === 0) return alike;
  const common = [...a.numbers].filter((number) => b.numbers.has(number)).length;
  const agreement = common / Math.max(a.numbers.size, b.numbers.size) - 0.5;
  return Math.max(0, Math.min(1, alike + 2 * BY_NUMBERS * agreement * Math.sqrt(alike * (1 - alike))));
}

/** How alike two texts are, 0 to 1. */
export type Judge = (a: string, b: string) => number;

/** `likeness` of texts as they are: each is made ready once. */
export function ourJudge(): Judge {
  const ready = new Map<string, Prepared>();
  const prepared = (text: string): Prepared => {
    const known = ready.get(text) ?? prepare(text);
    ready.set(text, known);
    return known;
  };
  return (a, b) => likeness(prepared(a), prepared(b));
}

function takenApart(word: string): Taken {
  let taken = byWord.get(word);
  if (!taken) {
    const stem = stemOf(word);
    taken = { stem: weighed([stem], stemWeight), grams: weighed(gramsOf(word), gramWeight) };
    if (byWord.size >= MOST_WORDS) byWord.clear();
    byWord.set(word, taken);
  }
  return taken;
}

function weighed(parts: readonly string[], weightOf: (part: string) => number): Parts {
  return { parts: Int32Array.from(parts, hashOf), weights: Float64Array.from(parts, weightOf) };
}

interface Taken {
  stem: Parts;
  grams: Parts;
}

// A text's words come back in the next one: taking them apart costs more than remembering.
const MOST_WORDS = 20_000;
const byWord = new Map<string, Taken>();
