/** What is marked in a text, and what stands just before and behind it there. */
export interface Marking {
  id: string;
  quote: string;
  before: string;
  behind: string;
}

/** A tag, an entity, or one character: safe HTML of our own making, cut into what a reader sees and what he does not. */
const PIECE =
  /<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>|&(?:#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,8});|[^<&]|[<&]/giu;
const BLOCK =
  /^<\/?(?:p|li|ul|ol|h[1-6]|blockquote|pre|table|tr|td|th|figure|figcaption|div|br|hr|dl|dt|dd|section)\b/i;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The same HTML with each marking that is found in it in `<mark>`, as often as tags cut it. */
export function marked(html: string, markings: readonly Marking[]): string {
  if (markings.length === 0) return html;
  const pieces = html.match(PIECE) ?? [];
  const { text, at } = readable(pieces);
  const covered = new Map<number, string>();
  for (const { id, ...marking } of markings) {
    const place = placeOf(text, marking);
    if (place) for (let n = place.from; n < place.to; n += 1) covered.set(at[n]!, id);
  }
  return painted(pieces, covered);
}

/** The words as they are compared, one blank between two; `at` says of which piece each character is. */
function readable(pieces: string[]): { text: string; at: number[] } {
  const at: number[] = [];
  let text = '';
  const add = (letters: string, index: number) => {
    for (const letter of folded(letters)) {
      if (letter === ' ' && (text === '' || text.endsWith(' '))) continue;
      text += letter;
      for (let n = 0; n < letter.length; n += 1) at.push(index);
    }
  };
  pieces.forEach((piece, index) => {
    if (!isTag(piece)) add(characterOf(piece), index);
    else if (BLOCK.test(piece)) add(' ', index);
  });
  return { text, at };
}

/** Of a word that stands everywhere so many places are compared: none has a reader wait for it. */
const MOST_PLACES = 50;

/** Where it stands; of several places the one whose neighbours are most alike. */
function placeOf(text: string, marking: Omit<Marking, 'id'>): { from: number; to: number } | null {
  const quote = folded(marking.quote).trim();
  if (quote === '') return null;
  const [before, behind] = [folded(marking.before).trimEnd(), folded(marking.behind).trimStart()];
  let best: { from: number; to: number } | null = null;
  let alike = -1;
  let places = 0;
  for (const from of placesOf(text, quote)) {
    const to = from + quote.length;
    const score =
      sharedEnd(text.slice(Math.max(0, from - 80), from).trimEnd(), before) +
      sharedStart(text.slice(to, to + 80).trimStart(), behind);
    if (score > alike) [best, alike] = [{ from, to }, score];
    places += 1;
    if (places === MOST_PLACES) return exactPlace(text, marking, quote) ?? best;
  }
  return best;
}

/** Where all that was told of it stands letter by letter, wherever in the text that is. */
function exactPlace(text: string, { before, quote, behind }: Omit<Marking, 'id'>, words: string) {
  const whole = folded(before + quote + behind).trim();
  const [at] = placesOf(text, whole);
  const inside = whole.indexOf(words, Math.max(0, folded(before).trimStart().length - 1));
  if (at === undefined || inside < 0) return null;
  return { from: at + inside, to: at + inside + words.length };
}

/**
 * Where some words stand, each letter of the text read once (Knuth, Morris, Pratt): `indexOf` may read it as often as
 * there are letters in the words.
 */
function* placesOf(text: string, words: string): Generator<number> {
  const fallback = [0];
  for (let at = 1, same = 0; at < words.length; at += 1) {
    while (same > 0 && words[at] !== words[same]) same = fallback[same - 1]!;
    if (words[at] === words[same]) same += 1;
    fallback.push(same);
  }
  for (let at = 0, same = 0; at < text.length; at += 1) {
    while (same > 0 && text.charCodeAt(at) !== words.charCodeAt(same)) same = fallback[same - 1]!;
    if (text.charCodeAt(at) === words.charCodeAt(same)) same += 1;
    if (same < words.length) continue;
    yield at - words.length + 1;
    same = fallback[same - 1]!;
  }
}

function painted(pieces: string[], covered: ReadonlyMap<number, string>): string {
  let open = false;
  const out = pieces.map((piece, index) => {
    const id = isTag(piece) ? undefined : covered.get(index);
    const close = open && id === undefined ? '</mark>' : '';
    const begin = !open && id !== undefined ? `<mark data-highlight="${id}">` : '';
    open = id !== undefined;
    return close + begin + piece;
  });
  return out.join('') + (open ? '</mark>' : '');
}

function isTag(piece: string): boolean {
  return piece.length > 1 && piece.startsWith('<');
}

function characterOf(piece: string): string {
  const number = /^&#(?:x([\da-f]+)|(\d+));$/i.exec(piece);
  if (!number) return ENTITIES[piece.slice(1, -1).toLowerCase()] ?? piece;
  const code = number[1] ? parseInt(number[1], 16) : Number(number[2]);
  return code <= 0x10ffff ? String.fromCodePoint(code) : piece;
}

function folded(text: string): string {
  return text.replace(/[\s\u00a0\u202f]+/gu, ' ');
}

function sharedEnd(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[a.length - 1 - n] === b[b.length - 1 - n]) n += 1;
  return n;
}

function sharedStart(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n += 1;
  return n;
}
