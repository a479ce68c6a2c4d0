import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleEntries } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';

/** Of a page that the actor does not see there is no list at all, not an empty one. */
export async function requireSeen(db: Db, actor: Actor, id: string): Promise<void> {
  if (!isId(id)) throw notFound();
  const { rows } =
    await sql`select 1 from entries where id = ${id} and kind = 'page' and ${visibleEntries(actor)}`.execute(
      db,
    );
  if (rows.length === 0) throw notFound();
}
