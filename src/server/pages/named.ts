import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';

/**
 * Says that a page names people who have not been told of it yet: it changes letter by letter, and each of them is told
 * once.
 */
export async function tellNamed(
  tx: Tx,
  actor: Actor,
  page: { id: string; communityId: string },
  people: string[],
): Promise<void> {
  if (people.length === 0) return;
  const { rows } = await sql<{ id: string }>`select named.id from unnest(${people}::uuid[]) named(id)
    where named.id <> ${actor.id} and not exists (select 1 from events
      where subject_id = ${page.id} and name = 'page.named' and data -> 'people' ? named.id::text)`.execute(
    tx,
  );
  if (rows.length === 0) return;
  await recordEvent(tx, {
    name: 'page.named',
    actorId: actor.id,
    subjectId: page.id,
    communityId: page.communityId,
    data: { people: rows.map(({ id }) => id) },
  });
}
