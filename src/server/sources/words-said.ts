import { folded } from '../platform/likeness/words.ts';

/** A text as rules compare it: small letters without accents, words apart by one blank, a blank at both ends. */
export function comparable(text: string): string {
  const plain = folded(text)
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return ` ${plain} `;
}

/**
 * What a rule looks for: `acme` a word, `"acme france"` words in a row, `pomp*` how a word begins, `acme prix` both,
 * `acme, norvalt` either. A text made `comparable` says it or does not.
 */
export function readWords(words: string): (text: string) => boolean {
  const choices = words
    .replace(/[«»“”„]/g, '"')
    .split(/[,;\n]/)
    .map((choice) =>
      [...choice.matchAll(/"([^"]*)"?|([^\s"]+)/g)].map(termOf).filter((term) => term.trim() !== ''),
    )
    .filter((terms) => terms.length > 0);
  return (text) => choices.some((terms) => terms.every((term) => text.includes(term)));
}

/** Whether the words of a rule look for anything at all. */
export function looksForSomething(words: string): boolean {
  return comparable(words).trim() !== '';
}

function termOf([, phrase, word = '']: RegExpExecArray | RegExpMatchArray): string {
  const term = comparable(phrase ?? word);
  return phrase === undefined && word.endsWith('*') ? term.trimEnd() : term;
}
