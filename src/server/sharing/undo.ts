import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { notFound } from '../errors.ts';
import { deletePage } from '../pages/remove.ts';
import { isId } from '../platform/keyset.ts';
import type { Tx } from '../platform/db.ts';
import { deletePost } from '../posts/remove.ts';

/**
 * Takes back what one made of a thing of one's own desk: the post or the page goes as any other one deletes does, the thing
 * stays where it was.
 * @returns the thing it was made of, and what it was made into
 */
export async function undoTurning(
  tx: Tx,
  actor: Actor,
  entryId: string,
): Promise<{ item: string; was: 'post' | 'page' }> {
  const { rows } = isId(entryId)
    ? await sql<{ kind: 'post' | 'page'; from_id: string }>`select kind, from_id from provenance
        where subject_id = ${entryId} and person_id = ${actor.id} and how = 'turned' and kind in ('post', 'page')
          and from_id is not null order by at desc limit 1`.execute(tx)
    : { rows: [] };
  if (!rows[0]) throw notFound();
  const { kind: was, from_id: item } = rows[0];
  await (was === 'page' ? deletePage : deletePost)(tx, actor, entryId);
  return { item, was };
}
