/** Passages of a text, by the words that they are and a few words around them. */

export interface Quoted {
  quote: string;
  before: string;
  after: string;
}

const AROUND = 48;
const LONGEST = 600;

/** The letters of an element, each with where it stands; blanks in a row count as one. */
class Letters {
  text = '';
  readonly #places: { node: Text; at: number }[] = [];

  constructor(element: Element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      for (let at = 0; at < node.data.length; at += 1) {
        const sign = /\s/.test(node.data[at]!) ? ' ' : node.data[at]!;
        if (sign === ' ' && this.text.endsWith(' ')) continue;
        this.text += sign;
        this.#places.push({ node, at });
      }
      // Blocks stand apart even where nothing does between their letters.
      if (node.parentElement?.matches('p, li, h1, h2, h3, h4, h5, h6, td, th') && !this.text.endsWith(' ')) {
        this.text += ' ';
        this.#places.push({ node, at: Math.max(0, node.data.length - 1) });
      }
    }
  }

  range(from: number, to: number): Range | null {
    const [start, end] = [this.#places[from], this.#places[to - 1]];
    if (!start || !end) return null;
    const range = document.createRange();
    range.setStart(start.node, start.at);
    range.setEnd(end.node, Math.min(end.at + 1, end.node.data.length));
    return range;
  }

  indexOf(node: Node, offset: number): number {
    return this.#places.findIndex((place) => place.node === node && place.at >= offset);
  }
}

/** What is selected in an element, if it is a passage worth speaking of. */
export function selectedIn(element: Element): Quoted | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.commonAncestorContainer)) return null;
  const quote = range.toString().replace(/\s+/g, ' ').trim();
  if (quote === '' || quote.length > LONGEST) return null;
  const letters = new Letters(element);
  const start =
    range.startContainer.nodeType === 3 ? letters.indexOf(range.startContainer, range.startOffset) : -1;
  const at = letters.text.indexOf(quote, Math.max(0, start));
  if (at < 0) return { quote, before: '', after: '' };
  return {
    quote,
    before: letters.text.slice(Math.max(0, at - AROUND), at),
    after: letters.text.slice(at + quote.length, at + quote.length + AROUND),
  };
}

/** Where a passage stands now: of all places with its words, the one with most of the words around it. */
export function placeOf(element: Element, { quote, before, after }: Quoted): Range | null {
  const letters = new Letters(element);
  let best: { at: number; likeness: number } | null = null;
  for (let at = letters.text.indexOf(quote); at >= 0; at = letters.text.indexOf(quote, at + 1)) {
    const likeness =
      shared(
        reversed(before.trimEnd()),
        reversed(letters.text.slice(Math.max(0, at - AROUND), at).trimEnd()),
      ) +
      shared(
        after.trimStart(),
        letters.text.slice(at + quote.length, at + quote.length + AROUND).trimStart(),
      );
    if (!best || likeness > best.likeness) best = { at, likeness };
  }
  return best && letters.range(best.at, best.at + quote.length);
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

/** How many letters two texts begin with alike. */
function shared(a: string, b: string): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count += 1;
  return count;
}
