import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Page } from '../conversation/present.ts';
import { visibleEntries } from '../conversation/sight.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, page, pageSize } from '../platform/keyset.ts';
import { personJson } from '../conversation/person.ts';
import { thing } from './list.ts';
import type { HiddenView, ThingView } from './present.ts';
import { judged } from './sight.ts';

interface HiddenRow {
  id: string;
  hidden_at: Date;
  thing: ThingView;
  hiddenBy: HiddenView['hiddenBy'];
  reason: string;
}

/** What is hidden where the actor keeps order, the latest first: what he may show again. */
export async function listHidden(
  db: Db,
  actor: Actor,
  where: { cursor?: string | null; limit?: number | string | null } = {},
): Promise<Page<HiddenView>> {
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const half = (t: string, rest: ReturnType<typeof sql>) => {
    const older = from
      ? sql`and (${sql.ref(t)}.hidden_at, ${sql.ref(t)}.id) < (${from.at}::timestamptz, ${from.id}::uuid)`
      : sql``;
    return sql`select entries.id as entry_id, ${rest} ${older} order by ${sql.ref(t)}.hidden_at desc, ${sql.ref(t)}.id desc limit ${limit + 1}`;
  };
  const within = sql`${judged(actor)} and ${visibleEntries(actor)} and entries.status = 'published'`;
  const entries = half(
    'entries',
    sql`null::uuid as comment_id, entries.hidden_at, entries.id as thing_id from entries
    where entries.hidden_at is not null and entries.deleted_at is null and ${within}`,
  );
  const comments = half(
    'c',
    sql`c.id, c.hidden_at, c.id from comments c join entries on entries.id = c.entry_id
    where c.hidden_at is not null and c.deleted_at is null and ${within}`,
  );
  const { rows } = await sql<HiddenRow>`select h.thing_id as id, h.hidden_at, ${thing} as thing,
      case when keeper.id is not null then ${personJson('keeper')} end as "hiddenBy",
      case when c.id is null then entries.hidden_reason else c.hidden_reason end as reason
    from ((${entries}) union all (${comments})) h join entries on entries.id = h.entry_id
      left join comments c on c.id = h.comment_id
      join people author on author.id = coalesce(c.author_id, entries.author_id)
      left join people keeper on keeper.id = case when c.id is null then entries.hidden_by else c.hidden_by end
    order by h.hidden_at desc, h.thing_id desc limit ${limit + 1}`.execute(db);
  const cut = page(rows, limit, (row) => ({ at: row.hidden_at.toISOString(), id: row.id }));
  return { items: cut.items.map(present), next: cut.next };
}

function present({ hidden_at, thing, hiddenBy, reason }: HiddenRow): HiddenView {
  return { ...thing, hiddenAt: hidden_at.toISOString(), hiddenBy, reason: reason ?? '' };
}
