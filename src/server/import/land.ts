import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { communityForWriting } from '../communities/access.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { landComments } from './land-comments.ts';
import { landTags } from './land-tags.ts';
import { entryRow, type Home, type LandingEntry } from './landing-entry.ts';
import { settlePeople } from './outsiders.ts';
import { resolvePeople, type ImportedPeople, type ImportedPerson } from './people.ts';
import { emptyReport, type ImportReport } from './report.ts';
import type { ImportedBlog, ImportedPost } from './types.ts';

export interface Landing {
  /** Slug of the community that receives the posts; each author's own blog where absent. */
  community?: string | null;
  /** The person whose posts they all are, whatever the files say: it is his own blog. */
  authorId?: string | null;
  /** Corrects posts that are already here where the source has changed and nobody has edited them here. */
  refresh?: boolean;
  /** Called as posts land. */
  progress?: (done: number, total: number) => void;
}

const BATCH = 200;

/**
 * Writes what was read from elsewhere: posts, comment threads, authors, tags, dates. What an earlier import brought
 * is left as it is. All of it lands in the caller's transaction, or nothing.
 */
export async function landBlogs(
  tx: Tx,
  actor: Actor,
  blogs: ImportedBlog[],
  { community, authorId, refresh, progress }: Landing = {},
): Promise<ImportReport> {
  const report = emptyReport();
  const writable = community ? await communityForWriting(tx, actor, community) : null;
  const home: Home = { communityId: writable?.id ?? null, everyone: writable?.open ?? true };
  const people = resolvePeople(blogs);
  const known = await settlePeople(tx, people, blogs.some((blog) => hasUnnamed(blog, people)));
  report.people = { new: known.created, known: known.found };
  report.skipped = blogs.flatMap((blog) =>
    blog.skipped.map((skipped) => ({ ...skipped, source: blog.title })),
  );
  const posts = blogs.flatMap((blog) => blog.posts.map((post) => ({ blog, post })));
  for (let from = 0; from < posts.length; from += BATCH) {
    const batch = posts.slice(from, from + BATCH).map(({ blog, post }) => {
      const author = people.ofAuthor(blog, post.author);
      const others = post.coAuthors.map((key) => people.ofAuthor(blog, key).name);
      return { blog, post, row: entryRow(blog, post, authorId ?? known.idOf(author), others, home) };
    });
    if (refresh) await refreshKnown(tx, batch.map(({ row }) => row));
    await landBatch(tx, actor, batch, report, (blog, commenter) =>
      known.idOf(people.ofCommenter(blog, commenter)),
    );
    progress?.(Math.min(from + BATCH, posts.length), posts.length);
  }
  await recordEvent(tx, {
    name: 'import.landed',
    actorId: actor.id,
    subjectId: randomUUIDv7(),
    communityId: home.communityId,
    data: { posts: report.posts.new, comments: report.comments.new, people: report.people.new },
  });
  return report;
}

function hasUnnamed(blog: ImportedBlog, people: ImportedPeople): boolean {
  const named = (person: ImportedPerson | undefined) => Boolean(person?.name || person?.email);
  return blog.posts.some(
    (post) =>
      !named(people.ofAuthor(blog, post.author)) ||
      post.comments.some(({ kind, author }) => kind === 'comment' && !named(people.ofCommenter(blog, author))),
  );
}

interface Arrived {
  blog: ImportedBlog;
  post: ImportedPost;
  row: LandingEntry;
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
    where origin_key = any(${batch.map(({ row }) => row.origin_key)}::text[])`.execute(tx);
  const idOf = new Map(rows.map((row) => [row.origin_key, row.id]));
  for (const { post, row } of batch) {
    if (!fresh.has(row.id)) report.posts.known += 1;
    else report.posts.new += 1;
    if (fresh.has(row.id) && post.status === 'draft') report.posts.drafts += 1;
    if (fresh.has(row.id) && post.status === 'private') report.posts.private += 1;
  }
  report.tags += await landTags(
    tx,
    batch.filter(({ row }) => fresh.has(row.id)),
  );
  // A post already there, even one deleted since, keeps its id: later comments find it.
  await landComments(
    tx,
    batch.map((each) => ({ ...each, entryId: idOf.get(each.row.origin_key)! })),
    commenterId,
    report,
  );
  if (fresh.size > 0) {
    await sql`insert into events (name, actor_id, subject_id, community_id)
      select 'post.imported', ${actor.id}, id, community_id from entries where id = any(${[...fresh]}::uuid[])`.execute(
      tx,
    );
  }
}

async function refreshKnown(tx: Tx, rows: LandingEntry[]): Promise<void> {
  const column = (pick: (row: LandingEntry) => unknown) => sql`${rows.map(pick)}`;
  await sql`update entries set title = new.title, body = new.body, html = new.html, excerpt = new.excerpt
    from unnest(${column((row) => row.origin_key)}::text[], ${column((row) => row.title)}::text[],
      ${column((row) => row.body)}::text[], ${column((row) => row.html)}::text[],
      ${column((row) => row.excerpt)}::text[]) new(origin_key, title, body, html, excerpt)
    where entries.origin_key = new.origin_key and entries.edited_at is null
      and (entries.body, entries.title) is distinct from (new.body, new.title)`.execute(tx);
}
