import { sql } from 'kysely';
import { env } from '#env';
import { canonicalAddress, siteOf } from '../desk/address.ts';
import { recordDeskChange } from '../desk/journal.ts';
import type { Failure } from '../desk/present.ts';
import { toldIn } from '../desk/sight.ts';
import { byHost, type HostManners } from '../platform/by-host.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { fetchGuarded, FetchRefused } from '../platform/fetcher.ts';
import { log } from '../platform/log.ts';
import type { Extract } from './extract.ts';
import { lookAtPage } from './look.ts';
import { fetchPicture, type FoundPicture } from './picture.ts';

const AT_ONCE = 12;
const OF_A_HOST = 3;
const MOST_LOOKED_THROUGH = 10_000;
const MOST_ATTEMPTS = 4;
/** Three pages at a time are taken apart, and other jobs get their turn after each run. */
const MANNERS = { gapMs: 1_000, side: 3, runMs: 20_000 };

/** The server of an address, as it was read when it came. */
const HOST = sql<string>`coalesce(substring(url from '^https?://([^/?#]+)'), '')`;

interface Waiting {
  id: string;
  url: string;
  host: string;
  attempts: number;
  /** A guest would look through this network at an intranet: what is allowed though private is not for him. */
  guest: boolean;
}

/**
 * Reads the pages of the clips that wait: of one server one after the other with a pause, and servers side by side. Killed in
 * between, each is tried again later.
 */
export async function readPages(db: Db, manners: HostManners & { runMs?: number } = {}): Promise<void> {
  const kind = { ...MANNERS, ...manners };
  const began = performance.now();
  for (let round = 0; performance.now() - began < kind.runMs; round += 1) {
    const waiting = await inTransaction(db, claim);
    if (waiting.length === 0) return;
    if (round > 0) await new Promise((resolve) => setTimeout(resolve, kind.gapMs));
    await byHost(
      waiting,
      kind,
      (clip) => readClip(db, clip),
      (left) => letWait(db, left),
    );
  }
}

/** Of those that wait, each person's first before anybody's second, and a few of each server. */
async function claim(tx: Tx): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`with waiting as (
      select id, owner_id, next_try_at, ${HOST} as host from desk_items
      where page = 'waiting' and deleted_at is null and next_try_at <= now()
      order by next_try_at limit ${MOST_LOOKED_THROUGH}),
    turns as (select *, row_number() over (partition by owner_id order by next_try_at, id) as turn from waiting),
    ranked as (select *, row_number() over (partition by host order by turn, next_try_at, id) as rank from turns),
    taken as (select id from ranked where rank <= ${OF_A_HOST} order by turn, next_try_at, id limit ${AT_ONCE})
    update desk_items set attempts = attempts + 1,
      next_try_at = now() + make_interval(mins => 5 * (attempts + 1) * (attempts + 1))
    where id in (select id from desk_items where id in (select id from taken) and page = 'waiting'
      and next_try_at <= now() for update skip locked)
    returning id, url, ${HOST} as host, attempts,
      (select role = 'guest' from people where people.id = owner_id) as guest`.execute(tx);
  return rows;
}

/** Their server is slow today: not asked now, and no try of theirs. */
async function letWait(db: Db, clips: Waiting[]): Promise<void> {
  await sql`update desk_items set attempts = attempts - 1, next_try_at = now() + interval '5 minutes'
    where id = any(${clips.map(({ id }) => id)}::uuid[]) and page = 'waiting' and attempts > 0`.execute(db);
}

/** @returns false where the server is too slow to be asked more */
async function readClip(db: Db, { id, url, attempts, guest }: Waiting): Promise<boolean> {
  const allow = guest ? [] : env.FETCH_ALLOW;
  try {
    // Each try was begun and none came to an end: something of this page ends us.
    if (attempts > MOST_ATTEMPTS) throw new NeverEnds();
    const { read, from } = await ask(url, allow);
    if (!read) throw new NeverEnds();
    const picture = await fetchPicture(db, read.picture, allow);
    await inTransaction(db, (tx) => keepPage(tx, id, from, read, picture));
  } catch (error) {
    const failure = failureOf(error);
    // The address is its reader's own affair: no line of a log tells it.
    if (failure === null) log.error('page of a clip', { clip: id });
    if (failure !== 'away' || attempts >= MOST_ATTEMPTS) await fail(db, id, failure ?? 'tangled');
    return !(error instanceof FetchRefused && error.code === 'timeout');
  }
  return true;
}

async function ask(url: string, allow: string[]): Promise<{ read: Extract | null; from: string }> {
  const {
    url: from,
    body,
    headers,
  } = await fetchGuarded(url, {
    allow,
    accept: 'text/html,application/xhtml+xml,text/plain;q=0.8',
    maxBytes: 6_000_000,
    totalMs: 20_000,
    idleMs: 8_000,
  });
  const type = headers['content-type'] ?? 'text/html';
  if (!body || !/^(text\/(html|plain)|application\/xhtml\+xml)\b/i.test(type)) throw new NotHtml();
  return { read: await lookAtPage(body, type, from), from };
}

class NotHtml extends Error {}
class NeverEnds extends Error {}

function failureOf(error: unknown): Failure | null {
  if (error instanceof NotHtml) return 'not_html';
  if (error instanceof NeverEnds) return 'tangled';
  if (!(error instanceof FetchRefused)) return null;
  if (error.code === 'status') {
    const status = error.status ?? 0;
    if (status === 404 || status === 410) return 'absent';
    return status >= 500 || status === 429 || status === 408 ? 'away' : 'refused';
  }
  if (error.code === 'address' || error.code === 'scheme') return 'address';
  if (error.code === 'too_large') return 'too_large';
  return error.code === 'redirects' ? 'refused' : 'away';
}

/** What the page says of itself, under what its reader said of it; the page itself beside. */
async function keepPage(
  tx: Tx,
  id: string,
  from: string,
  read: Extract,
  picture: FoundPicture | null,
): Promise<void> {
  const canonical = canonicalAddress(read.canonical ?? from);
  const { rows } = await sql<{ owner_id: string; community_id: string | null }>`update desk_items i set
      title = coalesce(nullif(i.title, ''), ${read.title}), author = coalesce(nullif(i.author, ''), ${read.author}),
      site = coalesce(nullif(${read.site}, ''), nullif(i.site, ''), ${siteOf(from)}),
      summary = coalesce(nullif(i.summary, ''), ${read.summary}),
      published_at = coalesce(i.published_at, ${read.publishedAt}), language = coalesce(i.language, ${read.language}),
      picture_url = ${picture?.url ?? null}, page = ${read.page ? 'ready' : 'failed'},
      failure = ${read.page ? null : 'empty'},
      canonical_url = case when exists (select 1 from desk_items other where other.owner_id = i.owner_id
        and other.kind = 'clip' and other.canonical_url = ${canonical} and other.deleted_at is null and other.id <> i.id)
        then i.canonical_url else ${canonical} end
    where i.id = ${id} and i.page = 'waiting' returning i.owner_id, ${toldIn('i')} as community_id`.execute(
    tx,
  );
  if (!rows[0]) return;
  if (read.page) {
    const { html, text, words } = read.page;
    await sql`insert into desk_pages (item_id, html, text, words, fetched_url)
      values (${id}, ${html}, ${text.slice(0, 400_000).toWellFormed()}, ${words}, ${from})
      on conflict (item_id) do update set html = excluded.html, text = excluded.text, words = excluded.words,
        fetched_url = excluded.fetched_url, fetched_at = now()`.execute(tx);
  }
  const { owner_id: ownerId, community_id: communityId } = rows[0];
  if (picture) await givePicture(tx, ownerId, id, picture);
  await recordDeskChange(tx, { id: ownerId }, { name: 'page.read', subjectId: id, communityId });
}

/** A file of the clip's owner, without the event that a file brought by hand leaves: nobody learns of a clip. */
async function givePicture(tx: Tx, ownerId: string, id: string, { kept }: FoundPicture): Promise<void> {
  await sql`with brought as (insert into files (sha256, owner_id, name) values (${kept.sha256}, ${ownerId}, ${kept.name})
      returning id),
    used as (insert into file_uses (file_id, desk_item_id) select id, ${id}::uuid from brought)
    update desk_items set picture_file_id = (select id from brought) where id = ${id}`.execute(tx);
}

async function fail(db: Db, id: string, failure: Failure): Promise<void> {
  await inTransaction(db, async (tx) => {
    const { rows } = await sql<{
      owner_id: string;
    }>`update desk_items set page = 'failed', failure = ${failure}
      where id = ${id} and page = 'waiting' returning owner_id`.execute(tx);
    if (!rows[0]) return;
    await recordDeskChange(
      tx,
      { id: rows[0].owner_id },
      { name: 'page.failed', subjectId: id, communityId: null },
    );
  });
}
