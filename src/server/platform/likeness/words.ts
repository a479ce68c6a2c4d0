import snowball from 'snowball-stemmers';

const ELIDED = /^(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu|quoiqu)'$/;
const WORD = /\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}]*'?/gu;
const stemmer = snowball.newStemmer('french');

/** Lower case without accents. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae');
}

/** The words of a text in their order, lower case, elided articles left out; a number is a word, 1 200,50 being one. */
export function wordsIn(text: string): string[] {
  const plain = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[’ʼ]/g, "'")
    .replace(/(\d)[\s\u00a0\u202f](?=\d{3}(?!\d))/g, '$1');
  return (plain.match(WORD) ?? [])
    .filter((word) => !ELIDED.test(word))
    .map((word) => word.replace(/'$/, ''))
    .map((word) => (isNumber(word) ? word.replace(',', '.') : word));
}

/** The stem of a word of `wordsIn`, accents folded. */
export function stemOf(word: string): string {
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = isNumber(word) ? word : folded(stemmer.stem(word));
    if (stems.size >= MOST_STEMS) stems.clear();
    stems.set(word, stem);
  }
  return stem;
}

/** What stands in a word, two to four letters at a time, its beginning and its end marked. */
export function gramsOf(word: string): string[] {
  const marked = ` ${folded(word)} `;
  return [2, 3, 4].flatMap((size) =>
    Array.from({ length: Math.max(0, marked.length - size + 1) }, (_, at) => marked.slice(at, at + size)),
  );
}

export function isNumber(word: string): boolean {
  return word.charCodeAt(0) < 58;
}

// A text's words come back in the next one: stemming costs more than remembering.
const MOST_STEMS = 50_000;
const stems = new Map<string, string>();
