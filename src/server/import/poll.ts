import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { Refusal } from '../errors.ts';
import { inTransaction, type Db } from '../platform/db.ts';
import { FetchRefused, type Fetched } from '../platform/fetcher.ts';
import { log } from '../platform/log.ts';
import { countArrived, digestOf, whatItSays } from './blogs.ts';
import { discoverFeed, fetchFeed, readFetched, type FoundFeed } from '../syndication/discover.ts';
import { landBlogs } from './land.ts';
import { originOf } from '../syndication/origin.ts';
import { ImportError } from '../syndication/types.ts';

interface DueBlog {
  id: string;
  feed_url: string;
  origin: string;
  etag: string | null;
  last_modified: string | null;
  digest: string | null;
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
 * or, where the network follows them, of who followed them or else of the owner. A followed blog that its author has
 * attached meanwhile waits.
 * @returns how many were asked
 */
export async function pollBlogs(db: Db): Promise<number> {
  const { rows } = await sql<DueBlog>`with due as (
      select id from outside_blogs blog where next_poll_at <= now()
        and not (person_id is null and exists (select 1 from outside_blogs mine
          where mine.feed_url = blog.feed_url and mine.person_id is not null))
      order by next_poll_at limit ${AT_ONCE} for update skip locked),
    taken as (update outside_blogs set next_poll_at = now() + interval '15 minutes'
      from due where outside_blogs.id = due.id returning outside_blogs.*)
    select taken.id, taken.feed_url, taken.origin, taken.etag, taken.last_modified, taken.digest, taken.failures,
      taken.person_id, (select slug from communities where id = taken.community_id) as slug,
      (select json_build_object('id', p.id, 'handle', p.handle, 'name', p.name, 'role', p.role, 'language', p.language,
          'timeZone', p.time_zone) from people p
        where p.status = 'active' and p.role <> 'guest' and (p.id = taken.person_id
          or (taken.person_id is null and (p.id = taken.followed_by or p.role = 'owner')))
        order by (p.id = taken.followed_by) desc nulls last, p.created_at limit 1) as actor
    from taken`.execute(db);
  const waiting = [...rows];
  const workers = Array.from({ length: 4 }, async () => {
    for (let blog = waiting.pop(); blog; blog = waiting.pop()) await pollOne(db, blog);
  });
  await Promise.all(workers);
  return rows.length;
}

async function pollOne(db: Db, blog: DueBlog): Promise<void> {
  const { actor } = blog;
  if (!actor) return settle(db, blog, { error: 'nobody_there', failures: blog.failures, waitsHours: 6 });
  try {
    const answer = blog.origin === '' ? await discoverFeed(blog.feed_url) : await askAgain(blog);
    if (answer.blog) await land(db, blog, { ...actor, scopes: ['read', 'write'] }, answer);
    await settle(db, blog, { ...answer, failures: 0 });
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === 'blog_failed') log.error('blog', { blog: blog.id, error });
    const retryAfter = error instanceof FetchRefused ? error.retryAfter : undefined;
    await settle(db, blog, { error: reason, failures: blog.failures + 1, retryAfter });
  }
}

/** What the feed holds now; only the answer where that is what it held last time. */
async function askAgain(blog: DueBlog): Promise<FoundFeed | { fetched: Fetched; blog?: undefined }> {
  const fetched = await fetchFeed(blog.feed_url, { etag: blog.etag, lastModified: blog.last_modified });
  if (!fetched.body || digestOf(fetched.body) === blog.digest) return { fetched };
  return { url: blog.feed_url, fetched, blog: await readFetched(fetched, fetched.body, blog.origin) };
}

function reasonOf(error: unknown): string {
  if (error instanceof FetchRefused) return `fetch_${error.code}`;
  if (error instanceof Refusal) return error.reason;
  return error instanceof ImportError ? 'no_feed_there' : 'blog_failed';
}

/** Nothing lands for a blog that was let go while it was asked. */
async function land(db: Db, blog: DueBlog, actor: Actor, found: FoundFeed): Promise<void> {
  await inTransaction(db, async (tx) => {
    const still = await tx
      .updateTable('outside_blogs')
      .set(whatItSays(found))
      .where('id', '=', blog.id)
      .returning('id')
      .executeTakeFirst();
    if (!still) return;
    const feed = originOf(found.blog);
    const where = { authorId: blog.person_id, community: blog.slug, feed, refresh: true };
    await countArrived(tx, blog.id, await landBlogs(tx, actor, [found.blog], where));
  });
}

interface Outcome {
  /** The address of a feed that was found behind the one given. */
  url?: string;
  fetched?: Fetched;
  error?: string;
  failures: number;
  retryAfter?: Date;
  waitsHours?: number;
}

/** Writes when to ask again, and where: never at an address that is asked already. */
async function settle(
  db: Db,
  blog: DueBlog,
  { url, fetched, error, failures, retryAfter, waitsHours }: Outcome,
): Promise<void> {
  const hours = waitsHours ?? Math.min(2 ** failures, HOURS_AT_MOST);
  const asked = retryAfter ?? fetched?.retryAfter ?? null;
  // A tenth more or less, so that blogs attached together are not asked together for ever.
  const wait = hours * (0.9 + Math.random() * 0.2);
  const moved = fetched?.movedPermanentlyTo ?? (blog.origin === '' ? url : undefined) ?? null;
  await sql`update outside_blogs set failures = ${failures}, last_error = ${error ?? null}, polled_at = now(),
      feed_url = case when ${moved}::text is null or exists (select 1 from outside_blogs other
        where other.feed_url = ${moved} and (other.person_id is null) = (outside_blogs.person_id is null))
        then feed_url else ${moved} end,
      next_poll_at = now() + least(greatest(make_interval(secs => ${wait * 3600}), ${asked}::timestamptz - now()),
        make_interval(hours => ${HOURS_AT_MOST}))
    where id = ${blog.id}`.execute(db);
}
