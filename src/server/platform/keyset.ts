import { Refusal } from '../errors.ts';

/** PostgreSQL's calendar has no year nought, and neither has ours. */
export function isStorable(instant: Date): boolean {
  return instant.getUTCFullYear() >= 1;
}

/** A place in a list ordered by time, then id: both newest first. */
export interface Place {
  at: string;
  id: string;
}

const PAGE_SIZE = 20;
const PAGE_LIMIT = 100;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}(:?\d{2})?)$/;

/** True for the text form of a uuid as our own addresses carry it. Anything else cannot name a thing of ours. */
export function isId(text: string): boolean {
  return UUID.test(text);
}

/** Hides a place in one opaque string for `next`. */
function encodeCursor(place: Place): string {
  return Buffer.from(JSON.stringify([place.at, place.id])).toString('base64url');
}

/** Reads a cursor back. Refuses (`invalid`) one that we did not make. */
export function decodeCursor(cursor: string | null | undefined): Place | null {
  if (!cursor) return null;
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(place) && place.length === 2) {
      const [at, id] = place as unknown[];
      // A day that no calendar has makes no Date, or the date it must have meant.
      const instant = new Date(typeof at === 'string' && INSTANT.test(at) ? at : NaN);
      if (isStorable(instant) && typeof id === 'string' && UUID.test(id)) {
        return { at: instant.toISOString(), id };
      }
    }
  } catch {
    // Said below, like any other forged cursor.
  }
  throw new Refusal('invalid', 'bad_cursor', { cursor: 'bad_cursor' });
}

/** Cuts `rows`, read with one more than `limit`, into a page and the cursor of the next one. */
export function page<Row>(rows: Row[], limit: number, place: (row: Row) => Place) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? encodeCursor(place(last)) : null };
}

/** A page size between 1 and 100; 20 where nothing sensible was asked. */
export function pageSize(asked: string | number | null | undefined): number {
  const number = Math.trunc(Number(asked ?? PAGE_SIZE));
  return number >= 1 ? Math.min(number, PAGE_LIMIT) : PAGE_SIZE;
}
