import type { Skipped } from './types.ts';

/** Gathers what was left out: some one by one, what repeats as one line with its number. */
export class SkippedList {
  #entries: Skipped[] = [];
  #counted = new Map<string, { line: number; count: number; reason: (n: string) => string }>();

  add(line: number, reason: string): void {
    this.#entries.push({ line, reason });
  }

  /** `reason` is given "1 entry" or "12 entries", of the noun in use. */
  count(
    line: number,
    group: string,
    reason: (n: string) => string,
    nouns: [string, string] = ['entry', 'entries'],
  ): void {
    const known = this.#counted.get(group);
    if (known) known.count += 1;
    else {
      const numbered = (n: string) => reason(`${n} ${n === '1' ? nouns[0] : nouns[1]}`);
      this.#counted.set(group, { line, count: 1, reason: numbered });
    }
  }

  list(): Skipped[] {
    const counted = [...this.#counted.values()].map(({ line, count, reason }) => ({
      line,
      reason: reason(String(count)),
    }));
    return [...this.#entries, ...counted].sort((a, b) => a.line - b.line);
  }
}
