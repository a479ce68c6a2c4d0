import { isAfter, type Position } from '../platform/live-events.ts';
import type { Mark } from './seal.ts';

/** How far back a stream can be taken up. Whoever was away longer reads everything again. */
const REMEMBERED_MILLISECONDS = 15 * 60_000;
/** How far the clocks of two processes may be apart. */
const CLOCKS_APART_MILLISECONDS = 2_000;
const GRAIN_MILLISECONDS = 1_000;

/**
 * Remembers which place was the latest at which time. What was read from the database at a time holds everything up to
 * the place remembered for it: so a page need not carry a place, which would tell how much happened.
 */
export class Past {
  readonly #marks: Mark[] = [];

  note(place: Position, at: number): void {
    const last = this.#marks.at(-1);
    if (last && at - last.at < GRAIN_MILLISECONDS) return;
    this.#marks.push({ ...place, at });
    while ((this.#marks[1]?.at ?? at) < at - REMEMBERED_MILLISECONDS) this.#marks.shift();
  }

  /** A place that whatever was read at that time holds; null where that is too long ago. */
  placeAt(time: number, now: number): Position | null {
    if (time < now - REMEMBERED_MILLISECONDS) return null;
    return this.#marks.findLast(({ at }) => at <= time - CLOCKS_APART_MILLISECONDS) ?? null;
  }

  /** The place of a mark that somebody brings back; null where it is too old, or none of ours. */
  resume(mark: Mark | null, now: number): Position | null {
    return mark && mark.at >= now - REMEMBERED_MILLISECONDS ? mark : null;
  }
}

/** The later of two places. */
export function later(a: Position, b: Position): Position {
  return isAfter(a, b) ? a : b;
}
