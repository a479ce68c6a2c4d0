import { sql } from 'kysely';
import { byHost, type HostManners } from '../platform/by-host.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import type { FetchOptions } from '../platform/fetcher.ts';
import { log } from '../platform/log.ts';
import { discoverFeed, type FoundFeed } from '../syndication/discover.ts';
import { giveItems, sourceFor } from './follow.ts';
import { itemsOf } from './items.ts';
import { uniteDoubles } from './move.ts';
import { ASKING, reasonOf } from './poll.ts';
import { served } from './served.ts';

/** The job that looks at addresses for the first time. */
export const LOOK_AT_SOURCES = 'look_at_sources';
/** The queue of all that asks sources: other jobs are not kept waiting by slow servers. */
export const SOURCES = 'sources';

const AT_ONCE = 60;
const RUN_MILLISECONDS = 50_000;

interface Waiting {
  address: string;
  host: string;
  /** Of those who wait for it. */
  ids: string[];
}

/**
 * Looks at the addresses that somebody began to follow unseen: finds the feed, and gives each of them what it holds. Those
 * who happen to wait for the same address together are served by one question.
 * @returns how many addresses were looked at
 */
export async function lookAtSources(db: Db, manners: HostManners = {}): Promise<number> {
  const began = performance.now();
  let looked = 0;
  do {
    const waiting = await inTransaction(db, claim);
    if (waiting.length === 0) break;
    looked += waiting.length;
    const look = (one: Waiting) => lookAt(db, one, { ...ASKING, ...manners.fetch });
    await byHost(waiting, manners, look, () => Promise.resolve());
  } while (performance.now() - began < RUN_MILLISECONDS);
  return looked;
}

/** Whatever is claimed and not finished comes again after a quarter of an hour. */
async function claim(tx: Tx): Promise<Waiting[]> {
  const { rows } = await sql<{ id: string; address: string }>`update subscriptions
    set next_try_at = now() + interval '15 minutes'
    where id in (select s.id from subscriptions s join people on people.id = s.person_id and ${served}
        join (select address from subscriptions join people on people.id = person_id and ${served}
          where source_id is null and next_try_at <= now()
          group by address order by min(next_try_at), address limit ${AT_ONCE}) due using (address)
      where source_id is null and next_try_at <= now() for update of s skip locked) returning id, address`.execute(
    tx,
  );
  return [...Map.groupBy(rows, ({ address }) => address)].map(([address, same]) => ({
    address,
    host: new URL(address).host,
    ids: same.map(({ id }) => id),
  }));
}

async function lookAt(db: Db, { address, ids }: Waiting, options: FetchOptions): Promise<boolean> {
  try {
    const found = await discoverFeed(address, options);
    await inTransaction(db, (tx) => land(tx, ids, found));
    return true;
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === 'source_failed') log.error('source', { error });
    await sql`update subscriptions set error = ${reason}, attempts = attempts + 1, failing_since = coalesce(failing_since, now()),
        next_try_at = now() + make_interval(hours => ${reason === 'source_gone' ? sql`720` : sql`least(168, (2 ^ least(attempts, 8))::int)`})
      where id = any(${ids}::uuid[])`.execute(db);
    return reason !== 'fetch_timeout';
  }
}

/** Whoever follows the feed that was found already needs no second subscription. */
async function land(tx: Tx, ids: string[], found: FoundFeed): Promise<void> {
  const items = itemsOf(found.blog);
  const sourceId = await sourceFor(tx, found, items);
  await uniteDoubles(tx, ids, sourceId);
  const { rows } = await sql<{
    id: string;
  }>`update subscriptions set source_id = ${sourceId}, error = null, failing_since = null, attempts = 0
    where id = any(${ids}::uuid[]) and source_id is null returning id`.execute(tx);
  const mine = rows.map(({ id }) => id);
  if (mine.length > 0) await giveItems(tx, mine, sourceId, items);
}
