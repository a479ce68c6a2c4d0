import { sql } from 'kysely';
import { isGuest, type Actor } from '../actor.ts';
import { cleanLine } from '../conversation/text.ts';
import { recordDeskChange } from '../desk/journal.ts';
import { watchForFiling } from '../desk/watch.ts';
import { Refusal } from '../errors.ts';
import { countAttempt } from '../people/attempts.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { discoverFeed, type FoundFeed } from '../syndication/discover.ts';
import { feedAddress } from './address.ts';
import { applyRules } from './apply-rules.ts';
import { giveFirst, type Given } from './give.ts';
import { itemsOf, newestOf, storeItems, type FeedItem } from './items.ts';
import { nextTurn } from './schedule.ts';

export interface Following {
  /** One's own name for it. */
  title?: string | null | undefined;
  /** One's own watch that it feeds. */
  watch?: string | null | undefined;
}

const MOST_SOURCES = 1000;

/** Looks at an address at once, before the transaction (other people's servers take their time), and follows what it finds. */
export async function followNow(
  db: Db,
  actor: Actor,
  { url, ...following }: Following & { url: string },
): Promise<{ id: string; arrived: number }> {
  refuseGuests(actor);
  await countLook(db, actor);
  const found = await discoverFeed(url);
  return inTransaction(db, (tx) => followFound(tx, actor, found, following));
}

/** Counts one address that the actor has us look at: other people's servers answer for it. */
function countLook(db: Db, actor: Actor): Promise<void> {
  return countAttempt(db, [{ key: `source ${actor.id}`, most: 60, seconds: 3600 }]);
}

/** This network asks nobody on behalf of people from outside, who could look through it at an intranet. */
function refuseGuests(actor: Actor): void {
  if (isGuest(actor)) throw new Refusal('forbidden', 'guests_follow_nothing');
}

/**
 * Follows a source that was just looked at, for the actor alone. It is looked at anew although others may follow it: how
 * long that takes, and what it shows, is the same for the first and for the hundredth.
 */
export async function followFound(
  tx: Tx,
  actor: Actor,
  found: FoundFeed,
  following: Following = {},
): Promise<{ id: string; arrived: number }> {
  refuseGuests(actor);
  const watch = await watchForFiling(tx, actor, following.watch);
  const title = cleanLine(following.title, 'title', 200);
  await refuseTooMany(tx, actor, 1);
  const items = itemsOf(found.blog);
  const sourceId = await sourceFor(tx, found, items);
  const id = await begin(tx, actor, sourceId, {
    address: feedAddress(found.url),
    title,
    watchId: watch?.id ?? null,
  });
  await recordDeskChange(tx, actor, { name: 'source.followed', subjectId: id, communityId: null });
  const given = await giveItems(tx, [id], sourceId, items);
  return { id, arrived: given.length };
}

/** One that waited for the same address, or had gone silent, goes on with what it has. */
async function begin(
  tx: Tx,
  actor: Actor,
  sourceId: string,
  { address, title, watchId }: { address: string; title: string; watchId: string | null },
): Promise<string> {
  const again = await sql<{
    id: string;
  }>`update subscriptions s set source_id = ${sourceId}, error = null, attempts = 0,
      failing_since = null, title = coalesce(nullif(${title}, ''), title), watch_id = coalesce(${watchId}::uuid, watch_id)
    where person_id = ${actor.id} and source_id is null and address = ${address}
      and not exists (select 1 from subscriptions mine where mine.person_id = s.person_id
        and mine.source_id = ${sourceId}) returning id`.execute(tx);
  if (again.rows[0]) return again.rows[0].id;
  const made = await sql<{
    id: string;
  }>`insert into subscriptions (person_id, source_id, address, title, watch_id)
    values (${actor.id}, ${sourceId}, ${address}, ${title}, ${watchId}) on conflict do nothing returning id`.execute(
    tx,
  );
  if (!made.rows[0]) throw new Refusal('conflict', 'source_known', { url: 'source_known' });
  return made.rows[0].id;
}

/** Follows an address that nobody has looked at yet: a job does, within moments. */
export async function followAddress(
  tx: Tx,
  actor: Actor,
  { url, title, watch }: Following & { url: string },
): Promise<{ id: string }> {
  refuseGuests(actor);
  await countLook(tx, actor);
  const filing = await watchForFiling(tx, actor, watch);
  const own = cleanLine(title, 'title', 200);
  const [id] = (await followAddresses(tx, actor, [{ url, title: own, watchId: filing?.id ?? null }])).ids;
  if (!id) throw new Refusal('conflict', 'source_known', { url: 'source_known' });
  return { id };
}

/** Follows addresses that nobody has looked at yet: a job does, within moments. Those that wait already stay as they are. */
export async function followAddresses(
  tx: Tx,
  actor: Actor,
  wanted: { url: string; title?: string | null; watchId?: string | null }[],
): Promise<{ new: number; known: number; ids: string[] }> {
  refuseGuests(actor);
  const addresses = new Map(wanted.map((one) => [feedAddress(one.url), one]));
  await refuseTooMany(tx, actor, addresses.size);
  const given = [...addresses].map(([address, { title, watchId }]) => ({
    address,
    title: title ?? '',
    watch: watchId,
  }));
  const { rows } = await sql<{ id: string }>`insert into subscriptions (person_id, address, title, watch_id)
    select ${actor.id}, address, title, watch
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) given (address text, title text, watch uuid)
      where not exists (select 1 from subscriptions mine left join sources on sources.id = mine.source_id
        where mine.person_id = ${actor.id} and given.address in (mine.address, sources.feed_url))
    on conflict do nothing returning id`.execute(tx);
  const ids = rows.map(({ id }) => id);
  await sql`insert into desk_events (owner_id, name, subject_id)
    select ${actor.id}, 'source.followed', id from unnest(${ids}::uuid[]) id`.execute(tx);
  return { new: ids.length, known: wanted.length - ids.length, ids };
}

async function refuseTooMany(tx: Tx, actor: Actor, more: number): Promise<void> {
  const { rows } = await sql`select 1 from subscriptions where person_id = ${actor.id}
    limit ${MOST_SOURCES}`.execute(tx);
  if (rows.length + more > MOST_SOURCES) throw new Refusal('conflict', 'too_many_sources');
}

/** Gives subscriptions what their source has just said, and lets the rules of their people look at it. */
export async function giveItems(
  tx: Tx,
  subscriptionIds: string[],
  sourceId: string,
  items: FeedItem[],
): Promise<Given[]> {
  await storeItems(tx, sourceId, items);
  const given = await giveFirst(tx, subscriptionIds, sourceId, items);
  await applyRules(tx, given);
  return given;
}

/** The one row of a source. Where others follow it, its turns stay as they are, which are those it would have anyway. */
export async function sourceFor(tx: Tx, found: FoundFeed, items: FeedItem[]): Promise<string> {
  const url = feedAddress(found.url);
  const newestAt = newestOf(items);
  const turn = nextTurn(url, new Date(), { newestAt });
  const { rows } = await sql<{
    id: string;
  }>`insert into sources (feed_url, host, site_url, title, newest_at, next_poll_at)
    values (${url}, ${new URL(url).host}, ${siteUrl(found)}, ${found.blog.title.slice(0, 300).toWellFormed()},
      ${newestAt}, ${turn})
    on conflict (feed_url) do update set failures = 0, failing_since = null, last_error = null,
      next_poll_at = case when sources.failures > 0 then excluded.next_poll_at else sources.next_poll_at end
    returning id`.execute(tx);
  return rows[0]!.id;
}

/** The site that a feed names as its own. */
export function siteUrl({ blog }: Pick<FoundFeed, 'blog'>): string | null {
  return blog.url && blog.url.length <= 2000 ? blog.url : null;
}
