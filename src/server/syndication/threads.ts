import type { ImportedComment } from './types.ts';

/**
 * Comments in time order with each parent before its replies. A reply whose parent is not there stands at the top; of a
 * circle of replies, the earliest does.
 */
export function inThreads(comments: ImportedComment[]): ImportedComment[] {
  const byKey = new Map<string, ImportedComment>();
  for (const comment of [...comments].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    if (!byKey.has(comment.key)) byKey.set(comment.key, comment);
  }
  for (const comment of byKey.values()) {
    if (!byKey.has(comment.parentKey ?? '')) delete comment.parentKey;
  }
  const parentOf = (comment: ImportedComment) => byKey.get(comment.parentKey ?? '');
  openCircles([...byKey.values()], parentOf);
  const placed = new Set<ImportedComment>();
  for (const comment of byKey.values()) {
    const upwards: ImportedComment[] = [];
    for (let each: ImportedComment | undefined = comment; each && !placed.has(each); each = parentOf(each)) {
      upwards.push(each);
    }
    for (const each of upwards.reverse()) placed.add(each);
  }
  return [...placed];
}

function openCircles(
  comments: ImportedComment[],
  parentOf: (comment: ImportedComment) => ImportedComment | undefined,
): void {
  const cleared = new Set<ImportedComment>();
  for (const comment of comments) {
    const walked = new Set<ImportedComment>();
    let each: ImportedComment | undefined = comment;
    while (each && !cleared.has(each) && !walked.has(each)) {
      walked.add(each);
      each = parentOf(each);
    }
    if (each && walked.has(each)) {
      const circle = [...walked].slice([...walked].indexOf(each));
      const earliest = circle.reduce((a, b) => (b.at.getTime() < a.at.getTime() ? b : a));
      delete earliest.parentKey;
    }
    for (const done of walked) cleared.add(done);
  }
}
