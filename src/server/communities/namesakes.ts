import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { presentSummary, type CommunityRow, type CommunitySummary } from './present.ts';
import { visibleCommunities } from './sight.ts';
import { withStanding } from './list.ts';

/** From this likeness of trigrams on, two names are taken one for the other. */
const ALIKE = 0.5;
const MOST = 3;

/**
 * Living communities the actor may know of whose name is this one, or nearly: whoever is about to found another may
 * rather want to join. Those he may not know of are none.
 */
export async function namesakesOf(db: Db, actor: Actor, name: string): Promise<CommunitySummary[]> {
  const typed = name.toWellFormed().replaceAll('\0', '').trim().slice(0, 90);
  if (!typed) return [];
  const folded = sql`communities.name_key`;
  const { rows } = await sql<CommunityRow>`${withStanding(
    actor,
    sql`select communities.*, similarity(${folded}, folded_name(${typed})) as key from communities
      where (${folded} % folded_name(${typed}) or ${folded} = folded_name(${typed})) and archived_at is null
        and (similarity(${folded}, folded_name(${typed})) >= ${ALIKE} or ${folded} = folded_name(${typed}))
        and ${visibleCommunities(actor)}
      order by key desc, communities.id limit ${MOST}`,
  )} order by key desc, listed.id`.execute(db);
  return rows.map(presentSummary);
}
