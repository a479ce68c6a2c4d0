import { hashOf, mixed } from './hash.ts';
import { folded } from './words.ts';

/*
 * Near-identical texts by MinHash: the share of equal places in two fingerprints is about the share of runs of three
 * words that the texts have in common.
 */

const PLACES = 64;
const BAND = 4;
const RUN = 3;
/** Fewer words are alike by chance. */
const FEWEST = 8;
const LONGEST = 6_000;
/** Equal places of two fingerprints from which on the texts are the same one, a word or two changed. */
const SAME = 0.8 * PLACES;

/** The fingerprint of a text, 128 bytes; null where it is too short to tell. */
export function fingerprintOf(text: string): Buffer | null {
  const words = folded(text.slice(0, LONGEST)).match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length < FEWEST) return null;
  const hashes = words.map(hashOf);
  const least = new Int32Array(PLACES).fill(0x7fffffff);
  for (let at = 0; at + RUN <= hashes.length; at += 1) {
    let run = 0;
    for (let next = 0; next < RUN; next += 1) run = mixed(Math.imul(run, 31) + (hashes[at + next] ?? 0));
    for (let place = 0; place < PLACES; place += 1) {
      const hash = mixed(run ^ Math.imul(place + 1, 0x9e3779b1));
      if (hash < (least[place] ?? 0)) least[place] = hash;
    }
  }
  const print = Buffer.alloc(2 * PLACES);
  least.forEach((hash, place) => print.writeUInt16LE(hash & 0xffff, 2 * place));
  return print;
}

/** How many bands a fingerprint has: two near-identical texts have at least one of them in common, nearly always. */
export const BANDS = PLACES / BAND;

/** One band of a fingerprint, as a number. Others may have the same one by chance. */
export function bandOf(print: Buffer, band: number): number {
  const from = 2 * BAND * band;
  return mixed(print.readInt32LE(from) ^ Math.imul(print.readInt32LE(from + BAND), 0x9e3779b1));
}

/** Whether two fingerprints are of one text. The same both ways round, whatever else there is. */
export function nearIdentical(a: Buffer, b: Buffer): boolean {
  let spare = PLACES - SAME;
  for (let at = 0; at < a.length; at += 2) {
    if (a[at] === b[at] && a[at + 1] === b[at + 1]) continue;
    spare -= 1;
    if (spare < 0) return false;
  }
  return true;
}
