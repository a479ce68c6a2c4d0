import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { communityForReading } from '../communities/access.ts';
import { listedEntries } from '../conversation/sight.ts';
import type { Db } from '../platform/db.ts';
import { mayEditIn } from './rights.ts';
import type { PageNode } from './present.ts';

/** More than this is not shown in one tree: search finds the others. */
const MOST_PAGES = 2_000;

/** The pages of a community, each below the one it belongs to, in the order that its members gave them. */
export async function pagesOf(
  db: Db,
  actor: Actor,
  slug: string,
): Promise<{ items: PageNode[]; more: boolean; may: { write: boolean } }> {
  const communityId = await communityForReading(db, actor, slug);
  const { rows } = await sql<Omit<PageNode, 'depth' | 'editedAt'> & { at: Date }>`
    select pages.id, entries.title, pages.parent_id as "parentId", coalesce(edited_at, created_at) as at
    from pages join entries on entries.id = pages.id
    where pages.community_id = ${communityId} and ${listedEntries(actor)}
    order by pages.position, pages.id limit ${MOST_PAGES + 1}`.execute(db);
  const nodes = rows.slice(0, MOST_PAGES).map(({ at, ...row }) => ({ ...row, editedAt: at.toISOString() }));
  return {
    items: inOrder(nodes),
    more: rows.length > MOST_PAGES,
    may: { write: await mayEditIn(db, actor, communityId) },
  };
}

type Loose = Omit<PageNode, 'depth'>;

/** From the top downwards. A page whose parent is not among them stands at the top. */
function inOrder(pages: Loose[]): PageNode[] {
  const known = new Set(pages.map(({ id }) => id));
  const below = Map.groupBy(pages, ({ parentId }) => (parentId && known.has(parentId) ? parentId : null));
  const placed: PageNode[] = [];
  const place = (parentId: string | null, depth: number) => {
    for (const page of below.get(parentId) ?? []) {
      placed.push({ ...page, parentId, depth });
      place(page.id, depth + 1);
    }
  };
  place(null, 0);
  return placed;
}
