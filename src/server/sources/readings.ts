import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, isId, page, pageSize } from '../platform/keyset.ts';

export const READING_STATES = ['unread', 'all', 'kept'] as const;
export type ReadingState = (typeof READING_STATES)[number];

/** An item in a list, as one of those for whom it came sees it. Times are ISO 8601 in UTC. */
export interface ReadingSummary {
  id: string;
  title: string;
  excerpt: string;
  url: string | null;
  author: string;
  source: { id: string | null; title: string };
  /** When it came out; when it came, where it does not say. */
  at: string;
  read: boolean;
  kept: boolean;
  /** What it became on one's own desk. */
  deskItemId: string | null;
}

export interface ReadingView extends ReadingSummary {
  /** Safe, and without pictures: those would tell their site who reads. */
  html: string;
  language: string | null;
  /** As it says itself. */
  publishedAt: string | null;
  enclosure: { url: string; type?: string; length?: number; duration?: number } | null;
  /** The watch that its source feeds. */
  watch: { id: string; name: string } | null;
}

export interface Which {
  state?: ReadingState | undefined;
  /** Of one subscription. */
  source?: string | null | undefined;
  /** Of the sources that feed one's own watch. */
  watch?: string | null | undefined;
  cursor?: string | null | undefined;
  limit?: number | undefined;
}

/** `place` is where it stands in its list. */
type Row = Omit<ReadingSummary, 'at'> & { at: Date; place: Date };

/** A page of the actor's readings, newest first: one walk along an index, however many there are. */
export async function listReadings(
  db: Db,
  actor: Actor,
  { state = 'unread', source, watch, cursor, limit }: Which,
): Promise<{ items: ReadingSummary[]; next: string | null }> {
  if ((source && !isId(source)) || (watch && !isId(watch))) throw notFound();
  const size = pageSize(limit ?? 30);
  const after = decodeCursor(cursor);
  const order = state === 'kept' ? sql`r.kept_at` : sql`r.at`;
  const of = sql`r.person_id = ${actor.id}
    and ${state === 'unread' ? sql`r.read_at is null` : state === 'kept' ? sql`r.kept_at is not null` : sql`true`}
    ${after ? sql`and (${order}, r.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}`;
  const { rows } =
    await sql<Row>`select ${columns}, ${order} as place from ${places(actor, of, order, size + 1, { source, watch })} r ${tables(actor)}
    order by ${order} desc, r.id desc limit ${size + 1}`.execute(db);
  const { items, next } = page(rows, size, ({ place, id }) => ({ at: place.toISOString(), id }));
  return { items: items.map(({ place: _, at, ...row }) => ({ ...row, at: at.toISOString() })), next };
}

/** Which rows stand on the page, before anything else is read of them; of a watch, the best of each of its sources. */
function places(
  actor: Actor,
  of: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
  size: number,
  { source, watch }: Which,
): RawBuilder<unknown> {
  const best = (which: RawBuilder<unknown>) => sql`(select r.* from readings r where ${of} ${which}
    order by ${order} desc, r.id desc limit ${size})`;
  if (source) return best(sql`and r.subscription_id = ${source}`);
  if (!watch) return best(sql``);
  return sql`(select each.* from subscriptions fed, lateral ${best(sql`and r.subscription_id = fed.id`)} each
    where fed.watch_id = ${watch} and fed.person_id = ${actor.id})`;
}

/** One reading of the actor's. */
export async function readReading(db: Db, actor: Actor, id: string): Promise<ReadingView> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<
    Omit<ReadingView, 'at' | 'publishedAt'> & { at: Date; publishedAt: Date | null }
  >`select ${columns}, i.html, i.language, i.published_at as "publishedAt", i.enclosure,
      (select json_build_object('id', w.id, 'name', w.name) from watches w
        where w.id = s.watch_id and w.deleted_at is null) as watch
    from readings r ${tables(actor)} where r.id = ${id} and r.person_id = ${actor.id}`.execute(db);
  if (!rows[0]) throw notFound();
  const { at, publishedAt, ...row } = rows[0];
  return { ...row, at: at.toISOString(), publishedAt: publishedAt?.toISOString() ?? null };
}

/** The readings around one, in the list that it was opened from; back, also those that were read meanwhile. */
export async function neighbours(
  db: Db,
  actor: Actor,
  id: string,
  { state = 'unread', source, watch }: Which,
): Promise<{ newer: string | null; older: string | null }> {
  if ((source && !isId(source)) || (watch && !isId(watch))) throw notFound();
  const order = (alias: string) => sql.ref(state === 'kept' ? `${alias}.kept_at` : `${alias}.at`);
  const place = source
    ? sql`and n.subscription_id = ${source}`
    : watch
      ? sql`and n.subscription_id in (select id from subscriptions where watch_id = ${watch} and person_id = ${actor.id})`
      : sql``;
  const beside = (
    than: RawBuilder<unknown>,
    way: RawBuilder<unknown>,
    unread: boolean,
  ) => sql`(select n.id from readings n
    where n.person_id = ${actor.id} ${place} ${unread ? sql`and n.read_at is null` : sql``}
      and (${order('n')}, n.id) ${than} (${order('r')}, r.id) order by ${order('n')} ${way}, n.id ${way} limit 1)`;
  const { rows } = await sql<{ newer: string | null; older: string | null }>`select
      ${beside(sql`>`, sql`asc`, false)} as newer, ${beside(sql`<`, sql`desc`, state === 'unread')} as older
    from readings r where r.id = ${id} and r.person_id = ${actor.id}`.execute(db);
  return rows[0] ?? { newer: null, older: null };
}

const columns = sql`r.id, i.title, i.excerpt, i.url, i.author, coalesce(i.published_at, r.at) as at,
  json_build_object('id', s.id, 'title', coalesce(nullif(s.title, ''), nullif(f.title, ''), nullif(g.title, ''), s.address, ''))
    as source,
  r.read_at is not null as read, r.kept_at is not null as kept, d.id as "deskItemId"`;

function tables(actor: Actor): RawBuilder<unknown> {
  return sql`join source_items i on i.id = r.item_id
    left join subscriptions s on s.id = r.subscription_id
    left join sources f on f.id = s.source_id left join sources g on g.id = i.source_id
    left join lateral (select id from desk_items where reading_id = r.id and owner_id = ${actor.id}
      and deleted_at is null limit 1) d on true`;
}
