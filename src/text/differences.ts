/** What changed between two texts, by words. */
import { diffArrays, type ChangeObject } from 'diff';

/** One change of a text, in characters of the text that the changes before it have already touched. */
export interface Edit {
  at: number;
  remove: number;
  insert: string;
}

/** A stretch of words that stayed, came or went. */
export interface Stretch {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

const WORDS = /[\p{L}\p{M}\p{N}]+|[^\S\n]+|\n+|[^\p{L}\p{M}\p{N}\s]/gu;
const LINES = /[^\n]*\n|[^\n]+$/g;
/** Beyond these, what changed is told by lines, and then as a whole: a comparison may not keep the process. */
const MOST_CHANGES = 3_000;
const LONGEST_MILLISECONDS = 400;

/** The words, blanks and signs of a text, in order: joined they are the text. */
export function wordsOf(text: string): string[] {
  return text.match(WORDS) ?? [];
}

/** Two texts word by word, in order. */
export function stretches(before: string, after: string): Stretch[] {
  return differences(before, after).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}

/** Where every other word changed, what went stands together, and then what came: that is how people read it. */
export function gathered(all: readonly Stretch[]): Stretch[] {
  const together: Stretch[] = [];
  let [went, came] = ['', ''];
  const settle = () => {
    if (went) together.push({ kind: 'removed', text: went });
    if (came) together.push({ kind: 'added', text: came });
    [went, came] = ['', ''];
  };
  for (const [at, { kind, text }] of all.entries()) {
    const blank = kind === 'same' && /^[^\S\n]+$/.test(text) && at < all.length - 1 && went && came;
    if (kind === 'removed' || blank) went += text;
    if (kind === 'added' || blank) came += text;
    if (kind !== 'same' || blank) continue;
    settle();
    together.push({ kind, text });
  }
  settle();
  return together;
}

/** What turns one text into the other, in the order in which it is to be done. */
export function edits(before: string, after: string): Edit[] {
  const found: Edit[] = [];
  let at = 0;
  for (const { kind, text } of stretches(before, after)) {
    if (kind === 'same') at += text.length;
    else if (kind === 'removed') found.push({ at, remove: text.length, insert: '' });
    else {
      found.push({ at, remove: 0, insert: text });
      at += text.length;
    }
  }
  return found;
}

/** The pieces that stayed, came and went. */
export function differences(before: string, after: string): ChangeObject<string[]>[] {
  const limits = { maxEditLength: MOST_CHANGES, timeout: LONGEST_MILLISECONDS };
  return (
    diffArrays(wordsOf(before), wordsOf(after), limits) ??
    diffArrays(before.match(LINES) ?? [], after.match(LINES) ?? [], limits) ?? [
      { added: false, removed: true, value: [before], count: 1 },
      { added: true, removed: false, value: [after], count: 1 },
    ]
  );
}
