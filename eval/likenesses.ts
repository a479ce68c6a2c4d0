import { ourJudge } from '#server/platform/likeness/likeness.ts';
import {
  embed,
  nearness,
  type Embedding,
  type EmbeddingServer,
} from '#server/platform/likeness/embeddings.ts';
import type { Pair } from './pairs.ts';

/** In milliseconds, for each request. */
const PATIENCE = 60_000;

/** A way to say how alike the two texts of each pair are. */
export type Judge = (pairs: readonly Pair[]) => number[] | Promise<number[]>;

/** What the product does: nothing but the two texts, and a fixed list of words. */
export const ours: Judge = (pairs) => {
  const judge = ourJudge();
  return pairs.map(({ a, b }) => judge(a, b));
};

/** Words in common, of all words. */
export const jaccard: Judge = (pairs) =>
  pairs.map(({ a, b }) => {
    const [first, second] = [new Set(plainWords(a)), new Set(plainWords(b))];
    const common = [...first].filter((word) => second.has(word)).length;
    return common / Math.max(1, first.size + second.size - common);
  });

/** The cosine of words weighted by how few texts of the file hold them, smoothed as scikit-learn does. */
export const tfidf: Judge = (pairs) => {
  const texts = pairs.flatMap(({ a, b }) => [plainWords(a), plainWords(b)]);
  const holding = new Map<string, number>();
  for (const words of texts) {
    for (const word of new Set(words)) holding.set(word, (holding.get(word) ?? 0) + 1);
  }
  const weight = (word: string) => Math.log((texts.length + 1) / ((holding.get(word) ?? 0) + 1)) + 1;
  const vectors = texts.map((words) => {
    const vector = new Map<string, number>();
    for (const word of words) vector.set(word, (vector.get(word) ?? 0) + weight(word));
    return vector;
  });
  return pairs.map((_, at) => cosine(vectors[2 * at] ?? new Map(), vectors[2 * at + 1] ?? new Map()));
};

/** What a server of vectors says: the product's own client, with more patience. It is asked once for each text. */
export function byVectors(server: EmbeddingServer): Judge {
  const known = new Map<string, Embedding>();
  const of = (text: string) => known.get(text)!;
  return async (pairs) => {
    const texts = [...new Set(pairs.flatMap(({ a, b }) => [a, b]))].filter((text) => !known.has(text));
    const vectors = await embed(server, texts, PATIENCE);
    texts.forEach((text, at) => known.set(text, vectors[at]!));
    return pairs.map(({ a, b }) => nearness(of(a), of(b)));
  };
}

function plainWords(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function cosine(a: Map<string, number>, b: Map<string, number>): number {
  let product = 0;
  for (const [word, weight] of a) product += weight * (b.get(word) ?? 0);
  const length = (vector: Map<string, number>) =>
    Math.sqrt([...vector.values()].reduce((sum, weight) => sum + weight * weight, 0));
  return product === 0 ? 0 : product / (length(a) * length(b));
}
