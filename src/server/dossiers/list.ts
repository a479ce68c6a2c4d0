import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleCommunities } from '../communities/sight.ts';
import type { Page } from '../conversation/present.ts';
import { personJson } from '../conversation/person.ts';
import { communityJson } from '../conversation/community.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, page, pageSize } from '../platform/keyset.ts';
import type { DossierSummary } from './present.ts';
import { listedDossiers, mergedWatches } from './sight.ts';

export interface DossierQuery {
  /** `following`: those the actor follows. */
  scope?: string | null | undefined;
  /** Slug. */
  community?: string | null | undefined;
  /** Id of a watch that stands in it. */
  watch?: string | null | undefined;
  cursor?: string | null | undefined;
  limit?: number | string | null | undefined;
}

export type SummaryRow = Omit<DossierSummary, 'createdAt'> & { createdAt: Date };

/** Dossiers in sight, the latest first. */
export async function listDossiers(
  db: Db,
  actor: Actor,
  where: DossierQuery = {},
): Promise<Page<DossierSummary>> {
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const { rows } = await sql<SummaryRow>`select ${summaryColumns(actor)} from ${summaryTables(actor)}
    where ${listedDossiers(actor, 'd')}
      and ${where.scope === 'following' ? sql`f.person_id is not null` : sql`true`}
      and ${where.community ? sql`c.slug = ${where.community}` : sql`true`}
      and ${where.watch ? holds(actor, where.watch) : sql`true`}
      and ${from ? sql`(d.created_at, d.id) < (${from.at}::timestamptz, ${from.id}::uuid)` : sql`true`}
    order by d.created_at desc, d.id desc limit ${limit + 1}`.execute(db);
  const cut = page(rows, limit, (row) => ({ at: row.createdAt.toISOString(), id: row.id }));
  return { items: cut.items.map(presentSummary), next: cut.next };
}

/** The watch stands in it, as far as the actor sees the watch. */
function holds(actor: Actor, watch: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from dossier_watches h join watches w on w.id = h.watch_id
    where h.dossier_id = d.id and w.id::text = ${watch} and ${mergedWatches(actor, 'w', 'd')})`;
}

export function summaryColumns(actor: Actor): RawBuilder<unknown> {
  return sql`d.id, d.name, d.about, d.created_at as "createdAt", ${communityJson('c')} as community,
    ${personJson('o')} as founder, f.person_id is not null as following, d.founder_id = ${actor.id} as founded`;
}

export function summaryTables(actor: Actor): RawBuilder<unknown> {
  return sql`dossiers d join communities c on c.id = d.community_id and ${visibleCommunities(actor, 'c')}
    join people o on o.id = d.founder_id
    left join dossier_follows f on f.dossier_id = d.id and f.person_id = ${actor.id}`;
}

export function presentSummary({
  id,
  name,
  about,
  community,
  founder,
  following,
  createdAt,
}: SummaryRow): DossierSummary {
  return { id, name, about, community, founder, following, createdAt: createdAt.toISOString() };
}
