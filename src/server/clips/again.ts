import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { itemForWriting } from '../desk/file.ts';
import { recordDeskChange } from '../desk/journal.ts';
import { READ_PAGES } from '../desk/keep.ts';
import { notFound } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { ringFor } from '../platform/jobs.ts';

/** Asks for the page of one's own clip once more; what was read before stays until there is something newer. */
export async function readAgain(tx: Tx, actor: Actor, id: string): Promise<void> {
  const { kind } = await itemForWriting(tx, actor, id);
  if (kind !== 'clip') throw notFound();
  await sql`update desk_items set page = 'waiting', failure = null, attempts = 0, next_try_at = now()
    where id = ${id}`.execute(tx);
  await recordDeskChange(tx, actor, { name: 'page.asked', subjectId: id, communityId: null });
  await ringFor(tx, READ_PAGES);
}
