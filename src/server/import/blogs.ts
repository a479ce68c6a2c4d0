import { sql } from 'kysely';
import { isAdmin, isGuest, type Actor } from '../actor.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { communityForWriting } from '../communities/access.ts';
import type { FoundFeed } from './discover.ts';
import { landBlogs } from './land.ts';
import type { ImportReport } from './report.ts';

/** A blog elsewhere whose posts arrive by themselves. */
export interface OutsideBlog {
  id: string;
  title: string;
  feedUrl: string;
  siteUrl: string | null;
  polledAt: string | null;
  /** Why nothing came last time; null when all went well. */
  error: string | null;
}

/**
 * Attaches an outside blog to the actor's profile: its posts become his, in his own blog here, with a link back. What
 * it holds now lands at once. The feed has just been fetched by `discoverFeed`.
 */
export async function attachBlog(tx: Tx, actor: Actor, found: FoundFeed): Promise<{ id: string; report: ImportReport }> {
  if (isGuest(actor)) throw new Refusal('forbidden', 'guests_write_in_communities');
  const id = await keep(tx, found, { personId: actor.id, communityId: null });
  await recordEvent(tx, { name: 'blog.attached', actorId: actor.id, subjectId: id, data: { url: found.url } });
  const report = await landBlogs(tx, actor, [found.blog], { authorId: actor.id });
  return { id, report };
}

/** Follows a blog for the network: its posts arrive under the authors it names. For admins. */
export async function followBlog(
  tx: Tx,
  actor: Actor,
  found: FoundFeed,
  { community }: { community?: string | null } = {},
): Promise<{ id: string; report: ImportReport }> {
  if (!isAdmin(actor)) throw new Refusal('forbidden', 'admins_only');
  const home = community ? await communityForWriting(tx, actor, community) : null;
  const id = await keep(tx, found, { personId: null, communityId: home?.id ?? null });
  await recordEvent(tx, { name: 'blog.followed', actorId: actor.id, subjectId: id, data: { url: found.url } });
  return { id, report: await landBlogs(tx, actor, [found.blog], { community }) };
}

async function keep(
  tx: Tx,
  { url, blog, fetched }: FoundFeed,
  owner: { personId: string | null; communityId: string | null },
): Promise<string> {
  const row = await tx
    .insertInto('outside_blogs')
    .values({
      person_id: owner.personId,
      community_id: owner.communityId,
      feed_url: url,
      site_url: blog.url ?? null,
      title: blog.title.slice(0, 300),
      etag: fetched.etag,
      last_modified: fetched.lastModified,
      polled_at: new Date(),
      next_poll_at: sql`now() + interval '1 hour'`,
    })
    .onConflict((conflict) => conflict.columns(['person_id', 'feed_url']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new Refusal('conflict', 'blog_known', { url: 'blog_known' });
  return row.id;
}

/** Lets an attached blog go: what came stays, nothing more comes. One's own; for admins, any that nobody attached. */
export async function detachBlog(tx: Tx, actor: Actor, id: string): Promise<void> {
  if (!isId(id)) throw notFound();
  const whose = isAdmin(actor) ? sql`(person_id = ${actor.id} or person_id is null)` : sql`person_id = ${actor.id}`;
  const deleted = await sql`delete from outside_blogs where id = ${id} and ${whose}`.execute(tx);
  if (!deleted.numAffectedRows) throw notFound();
  await recordEvent(tx, { name: 'blog.detached', actorId: actor.id, subjectId: id });
}

/** The actor's attached blogs. */
export function ownBlogs(db: Db, actor: Actor): Promise<OutsideBlog[]> {
  return list(db, sql`person_id = ${actor.id}`);
}

/** The blogs that the network follows; none for who is no admin. */
export function followedBlogs(db: Db, actor: Actor): Promise<OutsideBlog[]> {
  return isAdmin(actor) ? list(db, sql`person_id is null`) : Promise.resolve([]);
}

async function list(db: Db, whose: ReturnType<typeof sql>): Promise<OutsideBlog[]> {
  const { rows } = await sql<{
    id: string;
    title: string;
    feed_url: string;
    site_url: string | null;
    polled_at: Date | null;
    last_error: string | null;
  }>`select id, title, feed_url, site_url, polled_at, last_error from outside_blogs
    where ${whose} order by title, id limit 500`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    title: row.title || row.feed_url,
    feedUrl: row.feed_url,
    siteUrl: row.site_url,
    polledAt: row.polled_at?.toISOString() ?? null,
    error: row.last_error,
  }));
}
