import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { Refusal } from '../errors.ts';
import { byHost, type HostManners } from '../platform/by-host.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { FetchRefused, type Fetched, type FetchOptions } from '../platform/fetcher.ts';
import { log } from '../platform/log.ts';
import { fetchFeed, readFetched } from '../syndication/discover.ts';
import { ImportError } from '../syndication/types.ts';
import { applyRules } from './apply-rules.ts';
import { siteUrl } from './follow.ts';
import { giveAll } from './give.ts';
import { itemsOf, newestOf, storeItems } from './items.ts';
import { letFollowersLook, moveSource, PATIENCE } from './move.ts';
import { nextTurn } from './schedule.ts';
import { served } from './served.ts';

/** What other people's servers are asked with. */
export const ASKING: FetchOptions = { maxBytes: 8_000_000, totalMs: 30_000, idleMs: 10_000 };

const AT_ONCE = 60;
const OF_A_HOST = 3;
/** A run ends when the next one begins. */
const RUN_MILLISECONDS = 50_000;

interface Due {
  id: string;
  feed_url: string;
  host: string;
  etag: string | null;
  last_modified: string | null;
  digest: string | null;
  failures: number;
  newest_at: Date | null;
}

/** How a run went. */
export interface Polled {
  asked: number;
  /** Answers that were new. */
  changed: number;
  /** Readings that arrived. */
  given: number;
}

/**
 * Asks the sources whose turn has come, once for all who follow them: conditionally, one question at a time for each
 * server and the servers side by side. A process that dies in between leaves nothing half done; its sources come again.
 */
export async function pollSources(db: Db, manners: HostManners = {}): Promise<Polled> {
  const total = { asked: 0, changed: 0, given: 0 };
  const began = performance.now();
  const options = { ...ASKING, ...manners.fetch };
  do {
    const due = await inTransaction(db, claim);
    if (due.length === 0) break;
    const ask = async (source: Due) => {
      total.asked += 1;
      return pollOne(db, source, options, total);
    };
    await byHost(due, manners, ask, (left) => askNextTime(db, left));
  } while (performance.now() - began < RUN_MILLISECONDS);
  return total;
}

/** One claim at a time in the whole network: two would ask the same server side by side. */
async function claim(tx: Tx): Promise<Due[]> {
  await sql`select pg_advisory_xact_lock(hashtext('claim sources'))`.execute(tx);
  const { rows } = await sql<Due>`with due as (
      select id, row_number() over (partition by host order by next_poll_at) as rank, next_poll_at from (
        select id, host, next_poll_at from sources s where next_poll_at <= now()
          and not exists (select 1 from sources other where other.host = s.host and other.asked_until > now())
          and exists (select 1 from subscriptions f join people on people.id = f.person_id
            and ${served} where f.source_id = s.id)
        order by next_poll_at limit ${AT_ONCE * 10}) first),
    taken as (select id from due where rank <= ${OF_A_HOST} order by next_poll_at limit ${AT_ONCE})
    update sources set asked_until = now() + interval '15 minutes', next_poll_at = now() + interval '15 minutes'
    from taken where sources.id = taken.id
    returning sources.id, feed_url, host, etag, last_modified, digest, failures,
      newest_at`.execute(tx);
  return rows;
}

/** @returns false where the server is too slow to be asked more */
async function pollOne(db: Db, source: Due, options: FetchOptions, total: Polled): Promise<boolean> {
  try {
    const known = { etag: source.etag, lastModified: source.last_modified };
    const fetched = await fetchFeed(source.feed_url, { ...options, ...known });
    const digest = fetched.body && createHash('sha256').update(fetched.body).digest('base64url');
    const isNew = digest !== null && digest !== source.digest;
    const landed = isNew ? await land(db, source, fetched, digest) : null;
    if (landed) total.changed += 1;
    total.given += landed?.given ?? 0;
    await settle(db, source, fetched, landed ? landed.newestAt : source.newest_at);
    return true;
  } catch (error) {
    await giveUp(db, source, error);
    return !(error instanceof FetchRefused && error.code === 'timeout');
  }
}

async function askNextTime(db: Db, sources: Due[]): Promise<void> {
  const turns = sources.map(({ feed_url: url, newest_at: newestAt }) =>
    nextTurn(url, new Date(), { newestAt }),
  );
  await sql`update sources set next_poll_at = turn, asked_until = null
    from unnest(${sources.map(({ id }) => id)}::uuid[], ${turns}::timestamptz[]) given (id, turn)
    where sources.id = given.id`.execute(db);
}

async function land(db: Db, source: Due, fetched: Fetched, digest: string) {
  const blog = await readFetched(fetched, fetched.body!);
  const items = itemsOf(blog);
  return inTransaction(db, async (tx) => {
    await sql`update sources set digest = ${digest}, title = ${blog.title.slice(0, 300).toWellFormed()},
      site_url = ${siteUrl({ blog })} where id = ${source.id}`.execute(tx);
    await storeItems(tx, source.id, items);
    const given = await giveAll(tx, source.id, items);
    await applyRules(tx, given);
    return { given: given.length, newestAt: newestOf(items) };
  });
}

/** It answered: how to ask next time, and when, and where. */
async function settle(db: Db, source: Due, fetched: Fetched, newestAt: Date | null): Promise<void> {
  const moved = fetched.movedPermanentlyTo;
  const url = moved ?? source.feed_url;
  const turn = nextTurn(url, new Date(), { newestAt, retryAfter: fetched.retryAfter });
  await inTransaction(db, async (tx) => {
    await sql`update sources set etag = ${short(fetched.etag)}, last_modified = ${short(fetched.lastModified)}, failures = 0,
      failing_since = null, last_error = null, polled_at = now(), newest_at = ${newestAt}, next_poll_at = ${turn},
      asked_until = null
      where id = ${source.id}`.execute(tx);
    if (moved) await moveSource(tx, source.id, moved);
  });
}

/** What a server says to be asked with next time, as far as a header may be long. */
function short(header: string | null): string | null {
  return header && header.length <= 500 ? header : null;
}

/** It did not: asked again later, twice as late each time, until it is given up. */
async function giveUp(db: Db, source: Due, error: unknown): Promise<void> {
  const reason = reasonOf(error);
  if (reason === 'source_failed') log.error('source', { source: source.id, error });
  const failures = source.failures + 1;
  const retryAfter = error instanceof FetchRefused ? error.retryAfter : undefined;
  const turn = nextTurn(source.feed_url, new Date(), { failures, retryAfter });
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<{ silent: boolean }>`update sources set failures = ${failures},
        failing_since = coalesce(failing_since, now()), last_error = ${reason}, polled_at = now(),
        next_poll_at = ${turn}, asked_until = null
      where id = ${source.id} returning failing_since < now() - ${PATIENCE} as silent`.execute(tx);
    if (reason === 'source_gone' || rows[0]?.silent) await letFollowersLook(tx, source.id, reason);
  });
}

/** Why a source did not answer, as in `refusal.*`. */
export function reasonOf(error: unknown): string {
  if (error instanceof FetchRefused) return error.status === 410 ? 'source_gone' : `fetch_${error.code}`;
  if (error instanceof Refusal) return error.reason;
  return error instanceof ImportError ? 'no_feed_there' : 'source_failed';
}
