import { gramWeight, stemWeight } from './weights.ts';
import { gramsOf, isNumber, stemOf, wordsIn } from './words.ts';

/** A text made ready to be compared with many. */
export interface Prepared {
  stems: Vector;
  grams: Vector;
  numbers: ReadonlySet<string>;
}

interface Vector {
  weights: ReadonlyMap<string, number>;
  length: number;
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
  const words = wordsIn(text);
  return {
    stems: vectorOf(words.map(stemOf), stemWeight),
    grams: vectorOf(words.flatMap(gramsOf), gramWeight),
    numbers: new Set(words.filter(isNumber)),
  };
}

/**
 * How alike two texts are, 0 to 1: the cosine of their weighted stems and that of the letters of their words, two to
 * four at a time, which forgives endings, compounds and typing errors; figures that agree bring them nearer, figures
 * that differ part them. The same both ways round. Only the two texts and a fixed list of words take part.
 */
export function likeness(a: Prepared, b: Prepared): number {
  const alike = BY_STEMS * cosine(a.stems, b.stems) + BY_LETTERS * cosine(a.grams, b.grams);
  if (a.numbers.size === 0 || b.numbers.size === 0) return alike;
  const common = [...a.numbers].filter((number) => b.numbers.has(number)).length;
  const agreement = common / Math.max(a.numbers.size, b.numbers.size) - 0.5;
  return Math.max(0, Math.min(1, alike + 2 * BY_NUMBERS * agreement * Math.sqrt(alike * (1 - alike))));
}

function vectorOf(parts: readonly string[], weightOf: (part: string) => number): Vector {
  const counts = new Map<string, number>();
  for (const part of parts) counts.set(part, (counts.get(part) ?? 0) + 1);
  let squares = 0;
  for (const [part, count] of counts) {
    const weight = (1 + Math.log(count)) * weightOf(part);
    counts.set(part, weight);
    squares += weight * weight;
  }
  return { weights: counts, length: Math.sqrt(squares) };
}

function cosine(a: Vector, b: Vector): number {
  if (a.length === 0 || b.length === 0) return 0;
  const [few, many] = a.weights.size <= b.weights.size ? [a.weights, b.weights] : [b.weights, a.weights];
  let product = 0;
  for (const [part, weight] of few) product += weight * (many.get(part) ?? 0);
  // Rounding may lead past 1.
  return Math.min(1, product / (a.length * b.length));
}
