import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';

/** Takes back a file of one's own that stands in no text. Its bytes follow within a day, unless somebody else has them. */
export async function removeFile(tx: Tx, actor: Actor, id: string): Promise<void> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{
    used: boolean;
  }>`select exists (select 1 from file_uses where file_id = files.id) as used
    from files where id = ${id} and owner_id = ${actor.id} for update`.execute(tx);
  if (!rows[0]) throw notFound();
  if (rows[0].used) throw new Refusal('conflict', 'file_in_use');
  await tx.deleteFrom('files').where('id', '=', id).execute();
  await recordEvent(tx, { name: 'file.removed', actorId: actor.id, subjectId: id });
}
