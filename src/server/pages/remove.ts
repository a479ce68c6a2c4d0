import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { reachable } from '../communities/sight.ts';
import { writable } from '../communities/access.ts';
import { keepsOrder, listedEntries } from '../conversation/sight.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';

/** How long a deleted page can be brought back. */
const DAYS_OF_REGRET = 30;

/**
 * Deletes a page: whoever began it may, and who keeps order in its community. The pages below it stay. For good after
 * 30 days.
 */
export async function deletePage(tx: Tx, actor: Actor, id: string): Promise<{ community: string }> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{
    may: boolean;
  }>`select ${keepsOrder(actor)} and ${writable(actor, 'entries')} as may
    from entries where id = ${id} and kind = 'page' and ${listedEntries(actor)} for update`.execute(tx);
  if (!rows[0]) throw notFound();
  if (!rows[0].may) throw new Refusal('forbidden', 'page_keepers_only');
  return turn(
    tx,
    actor,
    id,
    'page.deleted',
    sql`deleted_at = now(), deleted_by = ${actor.id} where deleted_at is null`,
  );
}

/** Brings back a page that the actor deleted, with all that hung on it. */
export async function restorePage(tx: Tx, actor: Actor, id: string): Promise<{ community: string }> {
  if (!isId(id)) throw notFound();
  return turn(
    tx,
    actor,
    id,
    'page.returned',
    sql`deleted_at = null, deleted_by = null where deleted_at > now() - make_interval(days => ${DAYS_OF_REGRET})
      and deleted_by = ${actor.id} and ${reachable(actor, 'entries')}`,
  );
}

async function turn(tx: Tx, actor: Actor, id: string, name: string, change: ReturnType<typeof sql>) {
  const { rows } = await sql<{ communityId: string; community: string }>`update entries set ${change}
    and id = ${id} and kind = 'page' returning community_id as "communityId",
      (select slug from communities where communities.id = entries.community_id) as community`.execute(tx);
  const page = rows[0];
  if (!page) throw notFound();
  await recordEvent(tx, { name, actorId: actor.id, subjectId: id, communityId: page.communityId });
  return { community: page.community };
}
