import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import type { WatchRef } from './present.ts';
import { ownWatches } from './sight.ts';

const MOST_CHOICES = 1000;

/** One's own watches to choose among, by name: those that are not archived. */
export async function watchChoices(db: Db, actor: Actor): Promise<WatchRef[]> {
  const { rows } = await sql<WatchRef>`select w.id, w.name, w.shared_at is not null as shared from watches w
    where ${ownWatches(actor, 'w')} and w.archived_at is null
    order by w.subject collate "C", w.id limit ${MOST_CHOICES}`.execute(db);
  return rows;
}
