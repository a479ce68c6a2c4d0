import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { communityForWriting } from '../communities/access.ts';
import { MOST_TAGS } from '../conversation/tags.ts';
import { LONGEST_TEXT } from '../conversation/text.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { newId } from '../platform/new-id.ts';
import type { Home } from '../posts/home.ts';
import { REMAINS } from '../posts/remove.ts';
import { landComments } from './land-comments.ts';
import { landTags } from './land-tags.ts';
import { entryRow, type LandingEntry } from './landing-entry.ts';
import { originOf } from '../syndication/origin.ts';
import { settlePeople, type Known } from './outsiders.ts';
import { resolvePeople, type ImportedPeople, type ImportedPerson } from './people.ts';
import { emptyReport, type ImportReport } from './report.ts';
import type { ImportedBlog, ImportedPost } from '../syndication/types.ts';
import { breathe } from '../syndication/xml.ts';

export interface Landing {
  /** Slug of the community that receives the posts; each author's own blog where absent. */
  community?: string | null;
  /** The person whose posts they all are, whatever the feed says: it is his own blog. Its comments stay where they are. */
  authorId?: string | null;
  /** Origin of a feed that arrives by itself, and may not speak for colleagues. */
  feed?: string | null;
  /** Corrects posts that are already here where the source has changed and nobody has edited them here. */
  refresh?: boolean;
  /** Called as posts land, and waited for. */
  progress?: (done: number, total: number) => void | Promise<void>;
}

const BATCH = 200;

/**
 * Writes what was read from elsewhere: posts, comment threads, authors, tags, dates. What an earlier import brought
 * is left as it is. All of it lands in the caller's transaction, or nothing; one import waits for the other.
 */
export async function landBlogs(
  tx: Tx,
  actor: Actor,
  found: ImportedBlog[],
  { community, authorId, feed, refresh, progress }: Landing = {},
): Promise<ImportReport> {
  const writable = community ? await communityForWriting(tx, actor, community) : null;
  const home: Home = { communityId: writable?.id ?? null, everyone: writable?.open ?? true };
  // Two at once would each keep the same author, and the same post.
  await sql`select pg_advisory_xact_lock(hashtext('imports'))`.execute(tx);
  const blogs = authorId ? found.map(withoutComments) : found;
  const report = reportOn(blogs);
  const people = resolvePeople(blogs);
  const known = authorId
    ? { idOf: () => authorId, ids: [], created: 0, found: 0 }
    : await settlePeople(tx, people, {
        someUnnamed: blogs.some((blog) => hasUnnamed(blog, people)),
        feed,
      });
  report.people = { new: known.created, known: known.found };
  const posts = blogs.flatMap((blog) => blog.posts.map((post) => ({ blog, post })));
  for (let from = 0; from < posts.length; from += BATCH) {
    const batch = await arriving(posts.slice(from, from + BATCH), { people, known, home });
    if (refresh) report.posts.changed += await refreshKnown(tx, batch, authorId ?? null);
    await landBatch(tx, actor, batch, report, (blog, commenter) =>
      known.idOf(people.ofCommenter(blog, commenter)),
    );
    await progress?.(Math.min(from + BATCH, posts.length), posts.length);
  }
  if (report.posts.new + report.comments.new > 0)
    await sql`select place_authors(${known.ids}::uuid[])`.execute(tx);
  // A blog that is asked every hour has mostly nothing to say.
  if (!refresh || report.posts.new > 0) {
    const byItself = refresh || Boolean(authorId);
    await recordEvent(tx, {
      name: byItself ? 'blog.arrived' : 'import.landed',
      actorId: actor.id,
      subjectId: newId(),
      communityId: home.communityId,
      data: {
        posts: report.posts.new,
        comments: report.comments.new,
        people: report.people.new,
        // What a person brings in is told in the log; what arrives by itself is not.
        ...(!byItself && { name: nameOf(blogs) }),
      },
    });
  }
  return report;
}

interface Arrived {
  blog: ImportedBlog;
  post: ImportedPost;
  row: LandingEntry;
}

/** The rows of some posts. Rendering takes its time, and other requests wait meanwhile: each post lets them in. */
async function arriving(
  posts: Omit<Arrived, 'row'>[],
  { people, known, home }: { people: ImportedPeople; known: Pick<Known, 'idOf'>; home: Home },
): Promise<Arrived[]> {
  const batch: Arrived[] = [];
  for (const { blog, post } of posts) {
    const row = entryRow(blog, post, {
      authorId: known.idOf(people.ofAuthor(blog, post.author)),
      coAuthors: post.coAuthors.map((key) => people.ofAuthor(blog, key).name),
      home,
      origin: originOf(blog),
    });
    batch.push({ blog, post, row });
    await breathe();
  }
  return batch;
}

function nameOf(blogs: ImportedBlog[]): string {
  return blogs
    .map(({ title, url }) => title || url || '?')
    .join(', ')
    .slice(0, 200)
    .toWellFormed();
}

function withoutComments(blog: ImportedBlog): ImportedBlog {
  return { ...blog, posts: blog.posts.map((post) => ({ ...post, comments: [] })) };
}

/** What the files say was left out, and what is left out here. */
function reportOn(blogs: ImportedBlog[]): ImportReport {
  const report = emptyReport();
  report.skipped = blogs.flatMap(({ title, skipped, posts }) => [
    ...skipped.map((each) => ({ ...each, source: title })),
    ...posts
      .filter(({ body }) => body.length > LONGEST_TEXT)
      .map(({ line }) => ({ line, reason: `A text is cut after ${LONGEST_TEXT} characters`, source: title })),
    ...posts
      .filter(({ tags }) => tags.length > MOST_TAGS)
      .map(({ line }) => ({ line, reason: `Of the tags, the first ${MOST_TAGS} are kept`, source: title })),
  ]);
  return report;
}

function hasUnnamed(blog: ImportedBlog, people: ImportedPeople): boolean {
  const named = (person: ImportedPerson | undefined) => Boolean(person?.name || person?.email);
  return blog.posts.some(
    (post) =>
      !named(people.ofAuthor(blog, post.author)) ||
      post.comments.some(
        ({ kind, author }) => kind === 'comment' && !named(people.ofCommenter(blog, author)),
      ),
  );
}

async function landBatch(
  tx: Tx,
  actor: Actor,
  batch: Arrived[],
  report: ImportReport,
  commenterId: Parameters<typeof landComments>[2],
): Promise<void> {
  const inserted = await tx
    .insertInto('entries')
    .values(batch.map(({ row }) => row))
    .onConflict((conflict) => conflict.column('origin_key').doNothing())
    .returning(['id', 'origin_key'])
    .execute();
  const fresh = new Set(inserted.map((row) => row.id));
  const { rows } = await sql<{ id: string; origin_key: string }>`select id, origin_key from entries
    where origin_key = any(${batch.map(({ row }) => row.origin_key)}::text[]) and not ${REMAINS}`.execute(tx);
  const idOf = new Map(rows.map((row) => [row.origin_key, row.id]));
  const landed = batch.filter(({ row }) => fresh.has(row.id));
  report.posts.new += landed.length;
  report.posts.known += batch.length - landed.length;
  report.posts.drafts += landed.filter(({ post }) => post.status === 'draft').length;
  report.posts.private += landed.filter(({ post }) => post.status === 'private').length;
  report.tags += await landTags(tx, landed);
  // A post already there, even one deleted since, keeps its id: later comments find it. Of one that is gone for good
  // only the key is left, and nothing lands there.
  await landComments(
    tx,
    batch.flatMap((each) => {
      const entryId = idOf.get(each.row.origin_key);
      return entryId ? [{ ...each, entryId }] : [];
    }),
    commenterId,
    report,
  );
  if (fresh.size > 0) {
    // Where the words of somebody erased came out first, they stand under his name.
    await sql`update entries set source_url = null, source_title = null, source_author = null from people
      where entries.id = any(${[...fresh]}::uuid[]) and people.id = author_id and people.status = 'erased'`.execute(
      tx,
    );
    await sql`insert into events (name, actor_id, subject_id, community_id)
      select 'post.imported', ${actor.id}, id, community_id from entries where id = any(${[...fresh]}::uuid[])`.execute(
      tx,
    );
  }
}

/**
 * Corrects what is here already. A feed that has begun to give only the first words of its posts corrects nothing, and
 * neither does the blog of one person what another wrote.
 */
async function refreshKnown(tx: Tx, batch: Arrived[], authorId: string | null): Promise<number> {
  const column = (pick: (row: LandingEntry) => unknown) => sql`${batch.map(({ row }) => pick(row))}`;
  const changed = await sql`update entries set title = new.title, body = new.body, html = new.html,
      excerpt = new.excerpt, reading_minutes = new.minutes, enclosure = new.enclosure,
      cover = case when entries.cover_file is null then new.cover else entries.cover end
    from unnest(${column((row) => row.origin_key)}::text[], ${column((row) => row.title)}::text[],
      ${column((row) => row.body)}::text[], ${column((row) => row.html)}::text[],
      ${column((row) => row.excerpt)}::text[], ${column((row) => row.reading_minutes)}::int[],
      ${column((row) => row.cover)}::text[], ${column((row) => row.enclosure)}::jsonb[])
      new(origin_key, title, body, html, excerpt, minutes, cover, enclosure)
    where entries.origin_key = new.origin_key and entries.edited_at is null and not ${REMAINS}
      and (${authorId}::uuid is null or entries.author_id = ${authorId})
      and (entries.body, entries.title, entries.enclosure, case when entries.cover_file is null then entries.cover end)
        is distinct from (new.body, new.title, new.enclosure, case when entries.cover_file is null then new.cover end)
      and length(new.body) * 2 >= length(entries.body)`.execute(tx);
  return Number(changed.numAffectedRows ?? 0);
}
