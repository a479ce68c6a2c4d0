import { readFileSync } from 'node:fs';

/** Two texts, and how alike people found them. */
export interface Pair {
  score: number;
  a: string;
  b: string;
}

export interface PairFile {
  name: string;
  pairs: Pair[];
  /** 0 and 1 are the only scores. */
  binary: boolean;
  /** Lines that were no pair: without a number, or without a second text. */
  skipped: number;
}

/** Reads `score<TAB>text a<TAB>text b`, one pair a line. */
export function readPairs(path: string): PairFile {
  const lines = readFileSync(path, 'utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  const pairs = lines.flatMap((line) => {
    const [score = '', a = '', b = ''] = line.split('\t');
    const number = Number(score.trim().replace(',', '.'));
    return score.trim() !== '' && Number.isFinite(number) && a.trim() !== '' && b.trim() !== ''
      ? [{ score: number, a, b }]
      : [];
  });
  if (pairs.length === 0) throw new Error(`${path}: no line reads "score<TAB>text a<TAB>text b"`);
  const binary = pairs.every(({ score }) => score === 0 || score === 1);
  return { name: path, pairs, binary, skipped: lines.length - pairs.length };
}
