/** Two people's texts made one, from the text that both began with. No word of either is lost. */
import { differences } from './differences.ts';

/** A passage that both changed, each otherwise. Both stand in the merged text, one behind the other. */
export interface Conflict {
  theirs: string;
  mine: string;
}

export interface Merge {
  text: string;
  conflicts: Conflict[];
}

/** What somebody put in the place of the pieces from `from` to `to` of the text that both began with. */
interface Hunk {
  from: number;
  to: number;
  put: string;
}

/** `theirs` with what `mine` changed of `base`. */
export function mergeTexts(base: string, mine: string, theirs: string): Merge {
  if (mine === base || mine === theirs) return { text: theirs, conflicts: [] };
  if (theirs === base) return { text: mine, conflicts: [] };
  const [ours, others] = [hunksOf(base, mine), hunksOf(base, theirs)];
  let text = '';
  let at = 0;
  let touching: Set<Hunk[]> = new Set();
  const conflicts: Conflict[] = [];
  /** Words of two people that nothing stands between are held apart. */
  const add = (more: string, meets: boolean) => {
    text += meets && WORD_ENDS.test(text) && WORD_BEGINS.test(more) ? ` ${more}` : more;
  };
  for (const { from, to, mine: left, theirs: right } of groups(ours, others)) {
    if (from > at) {
      add(base.slice(at, from), touching.size > 1);
      touching = new Set();
    }
    const put = together(base, { from, to }, left, right);
    if (put.conflict) conflicts.push(put.conflict);
    add(put.text, touching.size > 0);
    if (left.length > 0) touching.add(ours);
    if (right.length > 0) touching.add(others);
    at = to;
  }
  add(base.slice(at), touching.size > 1);
  return { text, conflicts };
}

const WORD_ENDS = /[\p{L}\p{M}\p{N}]$/u;
const WORD_BEGINS = /^[\p{L}\p{M}\p{N}]/u;

interface Group {
  from: number;
  to: number;
  mine: Hunk[];
  theirs: Hunk[];
}

/** What both changed at the same place stands in one group. */
function groups(mine: Hunk[], theirs: Hunk[]): Group[] {
  const all = [
    ...mine.map((hunk) => ({ hunk, side: 'mine' as const })),
    ...theirs.map((hunk) => ({ hunk, side: 'theirs' as const })),
  ].sort((a, b) => a.hunk.from - b.hunk.from || a.hunk.to - b.hunk.to);
  const found: Group[] = [];
  for (const { hunk, side } of all) {
    const last = found.at(-1);
    const touches = last && (hunk.from < last.to || (hunk.from === last.from && hunk.to === last.to));
    if (last && touches) {
      last.to = Math.max(last.to, hunk.to);
      last[side].push(hunk);
    } else {
      found.push({ from: hunk.from, to: hunk.to, mine: [], theirs: [], [side]: [hunk] });
    }
  }
  return found;
}

function together(
  base: string,
  place: { from: number; to: number },
  mine: Hunk[],
  theirs: Hunk[],
): { text: string; conflict?: Conflict } {
  const left = said(base, place, mine);
  const right = said(base, place, theirs);
  if (mine.length === 0 || left === right) return { text: right };
  if (theirs.length === 0) return { text: left };
  const conflict = { theirs: right, mine: left };
  // What one of them only took out, and the other wrote anew, stays written.
  if (right.trim() === '') return { text: left, conflict };
  if (left.trim() === '') return { text: right, conflict };
  const text = apart(right, left);
  // Both only added, at one place: there is nothing to choose.
  return place.from === place.to ? { text } : { text, conflict };
}

/** One behind the other, as two words or two lines. */
function apart(first: string, second: string): string {
  if (/\s$/.test(first) || /^\s/.test(second)) return first + second;
  return first.includes('\n') || second.includes('\n') ? `${first}\n\n${second}` : `${first} ${second}`;
}

/** What a place says with these changes. */
function said(base: string, { from, to }: { from: number; to: number }, hunks: Hunk[]): string {
  let text = '';
  let at = from;
  for (const hunk of hunks) {
    text += base.slice(at, hunk.from) + hunk.put;
    at = hunk.to;
  }
  return text + base.slice(at, to);
}

function hunksOf(before: string, after: string): Hunk[] {
  const found: Hunk[] = [];
  let at = 0;
  for (const { added, removed, value } of differences(before, after)) {
    const text = value.join('');
    const last = found.at(-1);
    if (removed) {
      if (last?.to === at) last.to += text.length;
      else found.push({ from: at, to: at + text.length, put: '' });
      at += text.length;
    } else if (added) {
      if (last?.to === at) last.put += text;
      else found.push({ from: at, to: at, put: text });
    } else {
      at += text.length;
    }
  }
  return found;
}
