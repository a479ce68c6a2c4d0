import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleEntries } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { lettersOnly, melted } from './document.ts';

/** How long each change is kept for itself: whoever was away longer takes the whole document. */
const DAYS_APART = 30;
const MOST_CHANGES = 500;
const MOST_PAGES_AT_ONCE = 200;

/** Changes of a page that somebody lacks who has come up to a version. */
export interface Missed {
  version: number;
  /** Yjs updates in base64, in order; one that holds everything where that is shorter. */
  changes: string[];
}

/** What changed in the text of a page since a version that somebody has; everything since version 0. */
export async function changesSince(db: Db, actor: Actor, id: string, since: number): Promise<Missed> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{
    version: number;
    whole: Buffer | null;
    changes: Buffer[] | null;
    came: number;
  }>`
    with later as (select version, change from page_changes where page_id = ${id} and version > ${since}
        order by version limit ${MOST_CHANGES + 1})
    select entries.version,
      case when (select count(*) from later) = entries.version - ${since}::integer and ${since}::integer > 0
        then (select array_agg(change order by version) from later) end as changes,
      case when ${since}::integer <= 0 or (select count(*) from later) <> entries.version - ${since}::integer
        then pages.state end as whole
    from pages join entries on entries.id = pages.id where pages.id = ${id} and ${visibleEntries(actor)}`.execute(
    db,
  );
  const row = rows[0];
  if (!row) throw notFound();
  const changes = row.whole && row.version > since ? [lettersOnly(row.whole)] : (row.changes ?? []);
  return { version: row.version, changes: changes.map((change) => Buffer.from(change).toString('base64')) };
}

/** Melts what is older than a month into one change for each page: what the text said then can still be told. */
export async function meltOldChanges(tx: Tx): Promise<void> {
  const { rows } = await sql<{ page_id: string; last: number; changes: Buffer[] }>`
    with old as (select page_id, max(version) as last from page_changes
        where at < now() - make_interval(days => ${DAYS_APART})
        group by page_id having count(*) > 1 limit ${MOST_PAGES_AT_ONCE})
    select old.page_id, old.last, array_agg(c.change order by c.version) as changes
    from old join page_changes c on c.page_id = old.page_id and c.version <= old.last
    group by old.page_id, old.last`.execute(tx);
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.page_id);
  const lasts = rows.map((row) => row.last);
  await sql`delete from page_changes using unnest(${ids}::uuid[], ${lasts}::integer[]) old(page_id, last)
    where page_changes.page_id = old.page_id and page_changes.version < old.last`.execute(tx);
  await sql`update page_changes set change = old.change
    from unnest(${ids}::uuid[], ${lasts}::integer[], ${rows.map((row) => Buffer.from(melted(row.changes)))}::bytea[])
      old(page_id, last, change)
    where page_changes.page_id = old.page_id and page_changes.version = old.last`.execute(tx);
}
