import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { listedEntries } from '../conversation/sight.ts';
import { invalid, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { pageForEditing } from './rights.ts';

/** Deeper than this nobody finds anything. */
const DEEPEST = 6;

/**
 * Puts a page below another one of its community (null: at the top), before one of those that stand there, or behind
 * them all. What stands below it comes with it.
 */
export async function movePage(
  tx: Tx,
  actor: Actor,
  id: string,
  to: { parentId?: string | null; before?: string | null },
): Promise<void> {
  const page = await pageForEditing(tx, actor, id);
  const parentId = to.parentId === undefined ? page.parentId : to.parentId || null;
  await sql`select pg_advisory_xact_lock(hashtext('page tree'), hashtext(${page.communityId}))`.execute(tx);
  if (to.parentId) {
    const height = await heightOf(tx, id);
    await requireDepth(tx, actor, { communityId: page.communityId, parentId: to.parentId, height });
    await requireOutside(tx, id, to.parentId);
  }
  await setOrder(tx, actor, { ...page, parentId }, to.before || null);
  await recordEvent(tx, {
    name: 'page.moved',
    actorId: actor.id,
    subjectId: id,
    communityId: page.communityId,
  });
}

/** The page and its new neighbours, numbered anew; before none that the actor does not see. */
async function setOrder(
  tx: Tx,
  actor: Actor,
  page: { id: string; communityId: string; parentId: string | null },
  before: string | null,
): Promise<void> {
  const { rows } = await sql<{ id: string; seen: boolean }>`
    select pages.id, ${listedEntries(actor)} as seen from pages join entries on entries.id = pages.id
    where pages.community_id = ${page.communityId} and pages.parent_id is not distinct from ${page.parentId}::uuid
      and pages.id <> ${page.id} order by pages.position, pages.id`.execute(tx);
  const ids = rows.map((row) => row.id);
  const at = before === null ? -1 : rows.findIndex(({ id, seen }) => seen && id === before);
  if (before !== null && at < 0) throw invalid('before', 'page_not_there');
  ids.splice(at < 0 ? ids.length : at, 0, page.id);
  await sql`update pages set position = ordered.position, parent_id = ${page.parentId}::uuid
    from unnest(${ids}::uuid[]) with ordinality ordered(id, position)
    where pages.id = ordered.id and (pages.position <> ordered.position or pages.id = ${page.id})`.execute(
    tx,
  );
}

/** Refuses a parent that the actor does not see in this community, or one so deep that the page would stand too deep. */
export async function requireDepth(
  tx: Tx,
  actor: Actor,
  place: { communityId: string; parentId: string; height: number },
): Promise<void> {
  if (!isId(place.parentId)) throw invalid('parentId', 'page_not_there');
  const { rows } = await sql<{ depth: number }>`with recursive above as (
      select pages.id, pages.parent_id, 1 as depth from pages join entries on entries.id = pages.id
      where pages.id = ${place.parentId} and pages.community_id = ${place.communityId} and ${listedEntries(actor)}
      union all
      select up.id, up.parent_id, above.depth + 1 from above join pages up on up.id = above.parent_id
      where above.depth < 50)
    select max(depth) as depth from above having count(*) > 0`.execute(tx);
  if (!rows[0]) throw invalid('parentId', 'page_not_there');
  if (rows[0].depth + place.height >= DEEPEST) throw new Refusal('conflict', 'page_too_deep');
}

/** Nothing stands below itself. */
async function requireOutside(tx: Tx, id: string, parentId: string): Promise<void> {
  const { rows } = await sql`with recursive below as (
      select id from pages where id = ${id} union select pages.id from pages join below on pages.parent_id = below.id)
    select 1 from below where id = ${parentId}`.execute(tx);
  if (rows.length > 0) throw new Refusal('conflict', 'page_below_itself');
}

async function heightOf(tx: Tx, id: string): Promise<number> {
  const { rows } = await sql<{ height: number }>`with recursive below as (
      select id, 0 as height from pages where id = ${id}
      union all select pages.id, height + 1 from pages join below on pages.parent_id = below.id where height < 50)
    select max(height) as height from below`.execute(tx);
  return rows[0]?.height ?? 0;
}
