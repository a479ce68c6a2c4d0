import { sql, type RawBuilder } from 'kysely';
import { isModerator, type Actor } from '../actor.ts';
import { visibleCommunities } from '../communities/sight.ts';
import type { Page } from '../conversation/present.ts';
import { keepsOrder } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, isId, page } from '../platform/keyset.ts';
import type { WatchView } from './present.ts';
import { personJson } from '../conversation/person.ts';
import { communityJson } from '../conversation/community.ts';
import { ownWatches, visibleItems, visibleWatches } from './sight.ts';

type Dates = 'sharedAt' | 'archivedAt' | 'createdAt' | 'activityAt';
type WatchRow = Omit<WatchView, Dates | 'hidden' | 'may'> &
  Record<Dates | 'hiddenAt', Date | null> & { reason: string | null; keepsOrder: boolean };

const MOST_WATCHES = 300;
const MOST_FOUND = 10;

/** One's own watches by name, archived ones last; from where `cursor` left off. */
export async function ownWatchList(db: Db, actor: Actor, cursor?: string | null): Promise<Page<WatchView>> {
  const from = decodeCursor(cursor);
  const place = (alias: string) => {
    const t = sql.ref(alias);
    return sql`${t}.archived_at is not null, ${t}.subject collate "C", ${t}.id`;
  };
  const rows = await read(
    db,
    actor,
    sql`${ownWatches(actor, 'w')}
    and ${from ? sql`(${place('w')}) > (select ${place('last')} from watches last where last.id = ${from.id} and last.owner_id = ${actor.id})` : sql`true`}
    order by ${place('w')} limit ${MOST_WATCHES + 1}`,
  );
  const { items, next } = page(rows, MOST_WATCHES, ({ createdAt, id }) => ({
    at: createdAt!.toISOString(),
    id,
  }));
  return { items: items.map((row) => present(row, actor)), next };
}

/** One's own watches whose name or purpose says the words (a tsquery), those that do so by name first. */
export async function ownWatchesSaying(db: Db, actor: Actor, words: string): Promise<WatchView[]> {
  const rows = await read(
    db,
    actor,
    sql`${ownWatches(actor, 'w')} and words_of(w.name || ' ' || w.about) @@ ${words}::tsquery
    order by words_of(w.name) @@ ${words}::tsquery desc, w.archived_at is not null, w.subject collate "C", w.id
    limit ${MOST_FOUND}`,
  );
  return rows.map((row) => present(row, actor));
}

/** One watch: one's own, or one that is shared where one reads. */
export async function readWatch(db: Db, actor: Actor, id: string): Promise<WatchView> {
  if (!isId(id)) throw notFound();
  const [row] = await read(db, actor, sql`w.id = ${id} and ${visibleWatches(actor, 'w')}`);
  if (!row) throw notFound();
  return present(row, actor);
}

async function read(db: Db, actor: Actor, which: RawBuilder<unknown>): Promise<WatchRow[]> {
  const { rows } = await sql<WatchRow>`select w.id, w.name, w.about, ${personJson('o')} as owner,
      w.owner_id = ${actor.id} as own, case when c.id is not null then ${communityJson('c')} end as community,
      w.shared_at as "sharedAt", w.archived_at as "archivedAt", w.created_at as "createdAt", ${lastMoved(actor)} as "activityAt",
      w.hidden_at as "hiddenAt", w.hidden_reason as reason, ${keepsOrder(actor, 'w', 'owner_id')} as "keepsOrder"
    from watches w join people o on o.id = w.owner_id
      left join communities c on c.id = w.community_id and ${visibleCommunities(actor, 'c')}
    where ${which}`.execute(db);
  return rows;
}

/**
 * When something was last put into it, as far as the actor sees that: what its owner keeps there for himself, or a post
 * that others do not see, moves nothing for them.
 */
function lastMoved(actor: Actor): RawBuilder<Date> {
  return sql<Date>`case when w.owner_id = ${actor.id} then w.activity_at else greatest(w.shared_at, (
    select i.shared_at from desk_items i where i.watch_id = w.id and i.shared_at is not null
      and ${visibleItems(actor, 'i')} order by i.shared_at desc, i.id desc limit 1)) end`;
}

function present(
  { sharedAt, archivedAt, createdAt, activityAt, hiddenAt, reason, keepsOrder: keeper, ...row }: WatchRow,
  actor: Actor,
): WatchView {
  return {
    ...row,
    sharedAt: sharedAt?.toISOString() ?? null,
    archivedAt: archivedAt?.toISOString() ?? null,
    createdAt: createdAt!.toISOString(),
    activityAt: activityAt!.toISOString(),
    hidden: hiddenAt && { at: hiddenAt.toISOString(), reason: reason ?? '' },
    may: {
      report: sharedAt !== null && !hiddenAt && !row.own,
      hide: sharedAt !== null && keeper && (!row.own || isModerator(actor)),
    },
  };
}
