import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { personJson } from '../conversation/person.ts';
import { sharedWatches } from '../desk/sight.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { MOST_WATCHES } from './found.ts';
import { heldIn } from './held.ts';
import { thingsOf } from './merge.ts';
import type { GainView, WatchPart } from './present.ts';
import { gainView } from './read.ts';

export interface Preview {
  watches: (Pick<WatchPart, 'id' | 'name' | 'owner' | 'own'> & { community: string; everyone: boolean })[];
  gain: GainView;
}

/**
 * What these watches would be together, of those that the actor sees; nothing is written.
 * @param ticked those of them that are told of together; all of them where absent
 */
export async function previewMerge(
  db: Db,
  actor: Actor,
  watchIds: readonly string[],
  ticked: readonly string[] = watchIds,
): Promise<Preview> {
  const { rows: watches } = await sql<
    Preview['watches'][number]
  >`select w.id, w.name, ${personJson('o')} as owner,
      w.owner_id = ${actor.id} as own, c.slug as community, w.everyone
    from watches w join people o on o.id = w.owner_id join communities c on c.id = w.community_id
    where w.id = any(${watchIds.filter(isId).slice(0, MOST_WATCHES)}::uuid[]) and ${sharedWatches(actor, 'w')}
    order by w.subject collate "C", w.id`.execute(db);
  const together = watches.filter(({ id }) => ticked.includes(id));
  const all = await heldIn(
    db,
    actor,
    together.map(({ id }) => id),
  );
  return { watches, gain: gainView(all, thingsOf(all), together) };
}
