import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';

/** Blanks stand at one place only: at two, a line of thirty-nine quotes would be tried in a billion ways. */
const DEEPEST_QUOTE = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t]))){40}/m;
const SIGNS = /[*_~[]/g;
/** Lines before which a paragraph always ends. */
const PARAGRAPH_ENDS = /^(?:\s*$| {0,3}(?:[-+*]|#{1,6}|1[.)])[ \t]+\S)/;
/** What is read as far as its end, and again from the next of its kind where it has none. */
const ENDED: [begins: RegExp, end: string][] = [
  [/<\?/g, '?>'],
  [/<!--/g, '-->'],
  [/<!\[CDATA\[/g, ']]>'],
  [/<![a-z]/gi, '>'],
];
/** A line that makes a heading of those before it, or a rule. */
const UNDERLINES = /^[ \t>]*(?:=+|-+)[ \t]*$/gm;
/** A line that begins an item of a list: each asks all of its list whether they stand apart. */
const ITEMS = /^[ \t>]*(?:[-+*]|\d{1,9}[.)])(?=\s)/gm;
/** A line that begins a quote, behind one that is none: each is dearer by those that came before. */
const QUOTES = /^(?![ \t]*>).*\n[ \t]*>/gm;
/** What becomes a small thing of its own in the middle of a line. */
const SMALL_THINGS = /[`\\<@]|:\/\/|www\.| {2}$/gm;
const MOST_PAIRINGS = 9_000_000;
const MOST_STEPS = 10_000_000;
/** Of blocks, a text as long as it may be would have one each forty signs. */
const MOST_BLOCKS = 10_000;
const MOST_SMALL_THINGS = 30_000;

/** The cells that a table, and all of them together, may have. */
export const MOST_CELLS = 20_000;
/** What the references of a text may repeat of what they refer to. */
const MOST_REPEATED = 250_000;
/** The way to a footnote and back, in HTML. */
const FOOTNOTE_LENGTH = 300;

/** True of a text whose reading costs far more than its length, as nobody writes it: it is shown as it was typed. */
export function isTangled(body: string): boolean {
  if (DEEPEST_QUOTE.test(body) || countOf(body, SMALL_THINGS) > MOST_SMALL_THINGS) return true;
  const paragraphs = paragraphsOf(body);
  if (paragraphs.length > MOST_BLOCKS) return true;
  let pairings =
    countOf(body, UNDERLINES) ** 2 + (countOf(body, ITEMS) / 2) ** 2 + countOf(body, QUOTES) ** 2;
  let steps = 0;
  for (const paragraph of paragraphs) {
    pairings += pairingsIn(paragraph);
    steps += stepsIn(paragraph);
  }
  return pairings > MOST_PAIRINGS || steps > MOST_STEPS;
}

/** True of a text that would become many times as long: rows filled up to their table's width, addresses repeated. */
export function isSwollen(tree: Root): boolean {
  const defined = new Map<string, number>();
  visit(tree, 'definition', ({ identifier, url, title }) => {
    defined.set(identifier, Math.max(defined.get(identifier) ?? 0, url.length + (title?.length ?? 0)));
  });
  let cells = 0;
  let repeated = 0;
  visit(tree, (node) => {
    if (node.type === 'table') cells += (node.children[0]?.children.length ?? 0) * node.children.length;
    if (node.type === 'linkReference' || node.type === 'imageReference')
      repeated += defined.get(node.identifier) ?? 0;
    if (node.type === 'footnoteReference') repeated += FOOTNOTE_LENGTH;
  });
  return cells > MOST_CELLS || repeated > MOST_REPEATED;
}

function paragraphsOf(body: string): string[] {
  const paragraphs: string[][] = [[]];
  for (const line of body.split('\n')) {
    if (PARAGRAPH_ENDS.test(line)) paragraphs.push([]);
    paragraphs.at(-1)?.push(line);
  }
  return paragraphs.map((lines) => lines.join('\n'));
}

/** Each sign of emphasis may be weighed against each other one, each bracket that closes against each that opens. */
function pairingsIn(paragraph: string): number {
  return Math.max(countOf(paragraph, SIGNS), countOf(paragraph, /\]/g)) ** 2;
}

/** How far is read in search of ends that are not there. */
function stepsIn(paragraph: string): number {
  const { length } = paragraph;
  // Of code, the last run of each length finds no other.
  const runs = new Set((paragraph.match(/`+/g) ?? []).map((run) => run.length)).size;
  const titles = Math.min(countOf(paragraph, /\]\(/g), countOf(paragraph, /\s\(/g));
  const unended = ENDED.map(([begins, end]) => {
    const behind = paragraph.slice(paragraph.lastIndexOf(end) + 1);
    return countOf(behind, begins) * behind.length;
  });
  return unended.reduce((sum, each) => sum + each, (2 * runs + titles / 4) * length);
}

function countOf(text: string, sign: RegExp): number {
  return text.match(sign)?.length ?? 0;
}
