import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { cleanLine } from '../conversation/text.ts';
import { recordDeskChange } from '../desk/journal.ts';
import { watchForFiling } from '../desk/watch.ts';
import { notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import type { Following } from './follow.ts';

/** A source as one of those who follow it sees it: nothing tells whether there are others. */
export interface SourceView {
  id: string;
  title: string;
  /** One's own name for it; empty where it keeps the one it gives itself. */
  ownTitle: string;
  feedUrl: string;
  siteUrl: string | null;
  watch: { id: string; name: string } | null;
  unread: number;
  /** It will be looked at for the first time within moments. */
  waiting: boolean;
  /** Why nothing comes, as in `refusal.*`; null when all is well. */
  error: string | null;
  /** Since when nothing comes. */
  failingSince: string | null;
  since: string;
}

type SourceRow = Omit<SourceView, 'failingSince' | 'since'> & { failingSince: Date | null; since: Date };

const MOST_LISTED = 1000;

/** What the actor follows, by title. */
export async function ownSources(db: Db, actor: Actor): Promise<SourceView[]> {
  const { rows } = await sql<SourceRow>`${columns} where s.person_id = ${actor.id}
    order by lower(folded(coalesce(nullif(s.title, ''), nullif(f.title, ''), s.address))), s.id
    limit ${MOST_LISTED}`.execute(db);
  return rows.map(present);
}

/** One of them. */
export async function readSource(db: Db, actor: Actor, id: string): Promise<SourceView> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<SourceRow>`${columns} where s.id = ${id} and s.person_id = ${actor.id}`.execute(
    db,
  );
  if (!rows[0]) throw notFound();
  return present(rows[0]);
}

/** Gives a source another name, or has it feed another watch; what is not given stays. */
export async function changeSource(tx: Tx, actor: Actor, id: string, change: Following): Promise<void> {
  await subscriptionForUse(tx, actor, id);
  const watch = change.watch === undefined ? null : await watchForFiling(tx, actor, change.watch);
  const title = change.title === undefined ? sql`title` : sql`${cleanLine(change.title, 'title', 200)}`;
  await sql`update subscriptions set title = ${title},
      watch_id = ${change.watch === undefined ? sql`watch_id` : (watch?.id ?? null)}
    where id = ${id}`.execute(tx);
  await recordDeskChange(tx, actor, { name: 'source.edited', subjectId: id, communityId: null });
}

/** Follows a source no longer: what was kept stays, the rest goes. */
export async function letSourceGo(tx: Tx, actor: Actor, id: string): Promise<void> {
  await subscriptionForUse(tx, actor, id);
  await sql`delete from readings where subscription_id = ${id} and kept_at is null`.execute(tx);
  await sql`delete from subscriptions where id = ${id}`.execute(tx);
  await recordDeskChange(tx, actor, { name: 'source.let_go', subjectId: id, communityId: null });
}

/** One's own subscription, held until the end of the transaction. */
export async function subscriptionForUse(tx: Tx, actor: Actor, id: string): Promise<{ id: string }> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{ id: string }>`select id from subscriptions where id = ${id}
    and person_id = ${actor.id} for update`.execute(tx);
  if (!rows[0]) throw notFound();
  return rows[0];
}

const columns = sql`select s.id, coalesce(nullif(s.title, ''), nullif(f.title, ''), s.address) as title,
    s.title as "ownTitle", coalesce(f.feed_url, s.address) as "feedUrl", f.site_url as "siteUrl", s.unread,
    case when w.id is not null then json_build_object('id', w.id, 'name', w.name) end as watch,
    s.source_id is null and s.error is null as waiting, s.error, s.failing_since as "failingSince", s.created_at as since
  from subscriptions s left join sources f on f.id = s.source_id
    left join watches w on w.id = s.watch_id and w.deleted_at is null`;

function present({ failingSince, since, ...row }: SourceRow): SourceView {
  return { ...row, failingSince: failingSince?.toISOString() ?? null, since: since.toISOString() };
}
