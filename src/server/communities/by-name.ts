import { sql, type RawBuilder } from 'kysely';
import { Refusal } from '../errors.ts';
import { isId } from '../platform/keyset.ts';

/** A place in a list ordered by folded name, then id. */
interface Place {
  key: string;
  id: string;
}

/** Whose names are ordered: those of communities stand folded in a column. */
type Named = 'people' | 'communities';

/** True for the rows of `alias` behind `cursor`. Refuses (`bad_cursor`) one that we did not make. */
export function afterName(alias: Named, cursor: string | null | undefined): RawBuilder<boolean> {
  return afterPlace(nameKey(alias), sql.ref(`${alias}.id`), cursor);
}

/** The same for rows ordered by any text, then id. */
export function afterPlace(
  order: RawBuilder<string>,
  rowId: RawBuilder<unknown>,
  cursor: string | null | undefined,
): RawBuilder<boolean> {
  if (!cursor) return sql<boolean>`true`;
  const { key, id } = decode(cursor);
  return sql<boolean>`(${order}, ${rowId}) > (${key}, ${id})`;
}

/** Below this, the trigrams of a name say nothing. */
const SHORTEST_WORD = 3;

/**
 * True for names with a word that begins as `typed` does, accents and case aside. One letter or two are looked for at
 * the beginning of the name only: half the names there are have a word that begins with a given letter.
 */
export function nameBegins(alias: Named, typed: string | null | undefined): RawBuilder<boolean> {
  const beginning = (typed ?? '').toWellFormed().replaceAll('\0', '').trim().slice(0, 90);
  if (!beginning) return sql<boolean>`true`;
  if ([...beginning].length < SHORTEST_WORD) {
    const key = nameKey(alias);
    const last = '\u{10FFFF}';
    return sql<boolean>`(${key} >= folded_name(${beginning}) and ${key} < folded_name(${beginning}) || ${last})`;
  }
  return sql<boolean>`${FOLDED[alias]} like name_pattern(${beginning})`;
}

/** What lists of names are ordered by. */
export function nameKey(alias: Named): RawBuilder<string> {
  return sql<string>`(${FOLDED[alias]} collate "C")`;
}

const FOLDED: Record<Named, RawBuilder<string>> = {
  people: sql`folded_name(people.name)`,
  communities: sql`communities.name_key`,
};

/** Cuts `rows`, read with one more than `limit`, into a page and the cursor of the next one. */
export function pageByName<Row extends Place>(rows: Row[], limit: number) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? encode(last) : null };
}

function encode({ key, id }: Place): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url');
}

function decode(cursor: string): Place {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(place) && place.length === 2) {
      const [key, id] = place as unknown[];
      if (typeof key === 'string' && typeof id === 'string' && isId(id) && !key.includes('\0')) {
        return { key: key.toWellFormed(), id };
      }
    }
  } catch {
    // Said below, like any other forged cursor.
  }
  throw new Refusal('invalid', 'bad_cursor', { cursor: 'bad_cursor' });
}
