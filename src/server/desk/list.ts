import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Page } from '../conversation/present.ts';
import { invalid, notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, isId, page, pageSize } from '../platform/keyset.ts';
import { ITEM_KINDS, type ItemKind, type ItemSummary } from './present.ts';
import { itemColumns, itemTables, presentItem, type ItemRow } from './rows.ts';
import { ownItems, visibleItems } from './sight.ts';

export const SHELVES = ['all', 'to_read', 'done'] as const;
export type Shelf = (typeof SHELVES)[number];

export interface ItemSearch {
  kind?: string | null | undefined;
  /** Id of a watch that one sees; `none` for what stands in none. */
  watch?: string | null | undefined;
  /** `to_read`: put aside to be read; `done`: read since. */
  shelf?: string | null | undefined;
  cursor?: string | null | undefined;
  limit?: number | string | null | undefined;
}

/** One page of what the actor keeps, the latest first; of a watch that a colleague shared, what he shared in it. */
export async function listItems(db: Db, actor: Actor, where: ItemSearch = {}): Promise<Page<ItemSummary>> {
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const shelf = readShelf(where.shelf);
  const at = shelf === 'to_read' ? sql.ref('i.read_later_at') : sql.ref('i.created_at');
  const narrowed = [placeOf(actor, where.watch), kindOf(where.kind), onShelf(actor, shelf)];
  const after = from ? sql`(${at}, i.id) < (${from.at}::timestamptz, ${from.id}::uuid)` : sql`true`;
  const { rows } = await sql<
    ItemRow & { at: Date }
  >`select ${itemColumns}, ${at} as at from ${itemTables(actor)}
    where ${sql.join(narrowed, sql` and `)} and ${after}
    order by ${at} desc, i.id desc limit ${limit + 1}`.execute(db);
  const cut = page(rows, limit, (row) => ({ at: row.at.toISOString(), id: row.id }));
  return { items: cut.items.map(({ at: _, ...row }) => presentItem(row, actor)), next: cut.next };
}

/** In a watch that is out of sight there is nothing, as in one that never was. */
function placeOf(actor: Actor, watch: string | null | undefined): RawBuilder<unknown> {
  if (!watch) return ownItems(actor, 'i');
  if (watch === 'none') return sql`(${ownItems(actor, 'i')} and w.id is null)`;
  if (!isId(watch)) throw notFound();
  return sql`(i.watch_id = ${watch} and ${visibleItems(actor, 'i')})`;
}

function kindOf(kind: string | null | undefined): RawBuilder<unknown> {
  if (!kind) return sql`true`;
  if (!ITEM_KINDS.includes(kind as ItemKind)) throw invalid('kind', 'unknown_kind');
  return sql`i.kind = ${kind}`;
}

function readShelf(shelf: string | null | undefined): Shelf {
  if (!shelf) return 'all';
  if (!SHELVES.includes(shelf as Shelf)) throw invalid('shelf', 'unknown_shelf');
  return shelf as Shelf;
}

/** What somebody puts aside and has read is his alone, also of what he shares. */
function onShelf(actor: Actor, shelf: Shelf): RawBuilder<unknown> {
  if (shelf === 'all') return sql`true`;
  const marks =
    shelf === 'to_read' ? sql`i.read_later_at is not null and i.done_at is null` : sql`i.done_at is not null`;
  return sql`(${marks} and ${ownItems(actor, 'i')})`;
}
