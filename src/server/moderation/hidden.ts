import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Page } from '../conversation/present.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, page, pageSize } from '../platform/keyset.ts';
import { personJson } from '../conversation/person.ts';
import type { HiddenView, ThingView } from './present.ts';
import { judged } from './sight.ts';
import { column, KINDS, thingJson, things, type Thing } from './thing.ts';

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
  const kind = (on: Thing['on']) => {
    const at = column(on, 'hidden_at');
    const older = from
      ? sql`(${at}, ${column(on, 'id')}) < (${from.at}::timestamptz, ${from.id}::uuid)`
      : sql`true`;
    return sql`(select * from (${things(on, actor, sql`${at} is not null and ${older}`)}) it
      where it.standing and it.seen and ${judged(actor)} order by it.hidden_at desc, it.id desc limit ${limit + 1})`;
  };
  const { rows } = await sql<HiddenRow>`select it.id, it.hidden_at, ${thingJson} as thing,
      case when keeper.id is not null then ${personJson('keeper')} end as "hiddenBy", it.hidden_reason as reason
    from (${sql.join(KINDS.map(kind), sql` union all `)}) it join people author on author.id = it.author_id
      left join people keeper on keeper.id = it.hidden_by
    order by it.hidden_at desc, it.id desc limit ${limit + 1}`.execute(db);
  const cut = page(rows, limit, (row) => ({ at: row.hidden_at.toISOString(), id: row.id }));
  return { items: cut.items.map(present), next: cut.next };
}

function present({ hidden_at, thing, hiddenBy, reason }: HiddenRow): HiddenView {
  return { ...thing, hiddenAt: hidden_at.toISOString(), hiddenBy, reason: reason ?? '' };
}
