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

/** Keys of which two near-identical texts have at least one in common, nearly always. */
export function bandsOf(print: Buffer): string[] {
  const size = 2 * BAND;
  return Array.from(
    { length: print.length / size },
    (_, band) => `${band}:${print.toString('latin1', band * size, (band + 1) * size)}`,
  );
}

/** Whether two fingerprints are of one text. The same both ways round, whatever else there is. */
export function nearIdentical(a: Buffer, b: Buffer): boolean {
  let equal = 0;
  for (let at = 0; at < a.length; at += 2) if (a[at] === b[at] && a[at + 1] === b[at + 1]) equal += 1;
  return equal >= SAME;
}
