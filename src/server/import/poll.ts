import { sql } from 'kysely';
import { env } from '#env';
import type { Actor } from '../actor.ts';
import { inTransaction, type Db } from '../platform/db.ts';
import { FetchRefused, fetchGuarded, type Fetched } from '../platform/fetcher.ts';
import { log } from '../platform/log.ts';
import { FEED_TYPES } from './discover.ts';
import { parseFeed } from './feed.ts';
import { landBlogs } from './land.ts';
import { ImportError } from './types.ts';

interface DueBlog {
  id: string;
  feed_url: string;
  etag: string | null;
  last_modified: string | null;
  failures: number;
  person_id: string | null;
  slug: string | null;
  actor: Omit<Actor, 'scopes'> | null;
}

const AT_ONCE = 50;
const HOURS_AT_MOST = 24 * 7;

/**
 * Asks the outside blogs whose time has come for what is new: politely (conditional requests, `Retry-After`, twice as
 * long after each failure up to a week, a permanent move remembered), a few at a time, in the name of their person
 * or, where the network follows them, of the owner.
 * @returns how many were asked
 */
export async function pollBlogs(db: Db): Promise<number> {
  const { rows } = await sql<DueBlog>`with due as (
      select id from outside_blogs where next_poll_at <= now() order by next_poll_at limit ${AT_ONCE}
      for update skip locked),
    taken as (update outside_blogs set next_poll_at = now() + interval '10 minutes'
      from due where outside_blogs.id = due.id returning outside_blogs.*)
    select taken.id, taken.feed_url, taken.etag, taken.last_modified, taken.failures, taken.person_id,
      (select slug from communities where id = taken.community_id) as slug,
      (select json_build_object('id', p.id, 'handle', p.handle, 'name', p.name, 'role', p.role, 'language', p.language,
          'timeZone', p.time_zone) from people p
        where p.status = 'active' and (p.id = taken.person_id or (taken.person_id is null and p.role = 'owner'))
        order by p.created_at limit 1) as actor
    from taken`.execute(db);
  const waiting = [...rows];
  const workers = Array.from({ length: 4 }, async () => {
    for (let blog = waiting.pop(); blog; blog = waiting.pop()) await pollOne(db, blog);
  });
  await Promise.all(workers);
  return rows.length;
}

async function pollOne(db: Db, blog: DueBlog): Promise<void> {
  if (!blog.actor) return settle(db, blog, { error: 'nobody_there', failures: blog.failures + 1 });
  try {
    const fetched = await fetchGuarded(blog.feed_url, {
      allow: env.FETCH_ALLOW,
      accept: FEED_TYPES,
      etag: blog.etag,
      lastModified: blog.last_modified,
    });
    if (fetched.body) await land(db, blog, fetched, fetched.body);
    await settle(db, blog, { fetched, failures: 0 });
  } catch (error) {
    if (!(error instanceof FetchRefused) && !(error instanceof ImportError)) {
      log.error('blog', { blog: blog.id, error });
    }
    const reason = error instanceof FetchRefused ? `fetch_${error.code}` : 'no_feed_there';
    const retryAfter = error instanceof FetchRefused ? error.retryAfter : undefined;
    await settle(db, blog, { error: reason, failures: blog.failures + 1, retryAfter });
  }
}

async function land(db: Db, blog: DueBlog, fetched: Fetched, body: Uint8Array): Promise<void> {
  const read = await parseFeed(body, { url: fetched.url, contentType: fetched.headers['content-type'] });
  const actor: Actor = { ...blog.actor!, scopes: ['read', 'write'] };
  await inTransaction(db, (tx) =>
    landBlogs(tx, actor, [read], { authorId: blog.person_id, community: blog.slug, refresh: true }),
  );
}

interface Outcome {
  fetched?: Fetched;
  error?: string;
  failures: number;
  retryAfter?: Date;
}

async function settle(db: Db, blog: DueBlog, { fetched, error, failures, retryAfter }: Outcome): Promise<void> {
  const hours = Math.min(2 ** failures, HOURS_AT_MOST);
  const asked = retryAfter ?? fetched?.retryAfter ?? null;
  // A tenth more or less, so that blogs attached together are not asked together for ever.
  const wait = hours * (0.9 + Math.random() * 0.2);
  await sql`update outside_blogs set failures = ${failures}, last_error = ${error ?? null}, polled_at = now(),
      etag = coalesce(${fetched?.etag ?? null}, etag), last_modified = coalesce(${fetched?.lastModified ?? null}, last_modified),
      feed_url = coalesce(${fetched?.movedPermanentlyTo ?? null}, feed_url),
      next_poll_at = greatest(now() + make_interval(secs => ${wait * 3600}), ${asked}::timestamptz)
    where id = ${blog.id}`.execute(db);
}
