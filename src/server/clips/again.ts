import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { itemForWriting } from '../desk/file.ts';
import { recordDeskChange } from '../desk/journal.ts';
import { READ_PAGES } from '../desk/keep.ts';
import { notFound } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { countAttempt } from '../people/attempts.ts';
import { ringFor } from '../platform/jobs.ts';

const MOST_IN_AN_HOUR = 60;
const MOST_OF_ONE = 3;

/**
 * Asks for the page of one's own clip once more; what was read before stays until there is something newer. Somebody else's
 * server answers for it: three times in ten minutes for each page, and a page a minute, are enough for anybody.
 */
export async function readAgain(tx: Tx, actor: Actor, id: string): Promise<void> {
  const { kind } = await itemForWriting(tx, actor, id);
  if (kind !== 'clip') throw notFound();
  await countAttempt(tx, [
    { key: `pages ${actor.id}`, most: MOST_IN_AN_HOUR, seconds: 3600 },
    { key: `page ${id}`, most: MOST_OF_ONE, seconds: 600 },
  ]);
  await sql`update desk_items set page = 'waiting', failure = null, attempts = 0, next_try_at = now()
    where id = ${id}`.execute(tx);
  await recordDeskChange(tx, actor, { name: 'page.asked', subjectId: id, communityId: null });
  await ringFor(tx, READ_PAGES, READ_PAGES);
}
