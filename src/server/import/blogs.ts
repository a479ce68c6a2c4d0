import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { isGuest, OPERATOR, type Actor } from '../actor.ts';
import { communityForWriting } from '../communities/access.ts';
import { readableCommunities } from '../communities/sight.ts';
import { notFound, Refusal } from '../errors.ts';
import { countAttempt } from '../people/attempts.ts';
import { requireAdmin } from '../people/rank.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import type { FoundFeed } from '../syndication/discover.ts';
import { landBlogs } from './land.ts';
import { originOf } from '../syndication/origin.ts';
import type { ListedFeed } from '../syndication/opml.ts';
import type { ImportReport } from './report.ts';

/** A blog elsewhere whose posts arrive by themselves. */
export interface OutsideBlog {
  id: string;
  title: string;
  feedUrl: string;
  siteUrl: string | null;
  /** Where the posts of a followed blog go; null for the blogs of their authors. */
  community: { slug: string; name: string } | null;
  /** How many posts came since. */
  arrived: number;
  /** When it was last asked; null before the first time. */
  polledAt: string | null;
  /** Why nothing came last time, as in `refusal.*`; null when all went well. */
  error: string | null;
}

/**
 * Attaches an outside blog to the actor's profile: its posts become his, in his own blog here, with a link back. What
 * it holds now lands at once. The feed has just been fetched by `discoverFeed`, after `countAddress`.
 */
export async function attachBlog(
  tx: Tx,
  actor: Actor,
  found: FoundFeed,
): Promise<{ id: string; report: ImportReport }> {
  refuseGuests(actor);
  const id = await keep(tx, { personId: actor.id }, found.url, found);
  await recordEvent(tx, {
    name: 'blog.attached',
    actorId: actor.id,
    subjectId: id,
    data: { url: found.url },
  });
  const report = await landBlogs(tx, actor, [found.blog], { authorId: actor.id });
  await countArrived(tx, id, report);
  return { id, report };
}

/** The same for an address that nobody has looked at yet: the next round of questions does (`pollBlogs`). */
export async function attachAddress(tx: Tx, actor: Actor, address: string): Promise<{ id: string }> {
  await countAddress(tx, actor);
  const url = webAddressOf(address);
  const id = await keep(tx, { personId: actor.id }, url);
  await recordEvent(tx, { name: 'blog.attached', actorId: actor.id, subjectId: id, data: { url } });
  return { id };
}

/** Follows a blog for the network: its posts arrive under the authors it names. For admins. */
export async function followBlog(
  tx: Tx,
  actor: Actor,
  found: FoundFeed,
  { community }: { community?: string | null } = {},
): Promise<{ id: string; report: ImportReport }> {
  requireAdmin(actor);
  const home = community ? await communityForWriting(tx, actor, community) : null;
  const id = await keep(tx, followedBy(actor, home?.id), found.url, found);
  await recordEvent(tx, {
    name: 'blog.followed',
    actorId: actor.id,
    subjectId: id,
    communityId: home?.id ?? null,
    data: { url: found.url },
  });
  const report = await landBlogs(tx, actor, [found.blog], { community, feed: originOf(found.blog) });
  await countArrived(tx, id, report);
  return { id, report };
}

/** True of an address whose posts arrive for the network already. */
export async function isFollowed(db: Db, url: string): Promise<boolean> {
  const { rows } =
    await sql`select 1 from outside_blogs where feed_url = ${url} and person_id is null`.execute(db);
  return rows.length > 0;
}

/** Follows addresses that nobody has looked at yet; those followed already stay as they are. For admins. */
export async function followAddresses(
  tx: Tx,
  actor: Actor,
  feeds: Pick<ListedFeed, 'xmlUrl' | 'title' | 'htmlUrl'>[],
  { community }: { community?: string | null } = {},
): Promise<{ new: number; known: number; ids: string[] }> {
  requireAdmin(actor);
  const home = community ? await communityForWriting(tx, actor, community) : null;
  const owner = followedBy(actor, home?.id);
  const { rows } = await sql<{
    id: string;
  }>`insert into outside_blogs (followed_by, community_id, feed_url, site_url, title)
    select ${owner.followedBy ?? null}, ${owner.communityId ?? null}, url, nullif(site, ''), title
      from unnest(${feeds.map((feed) => feed.xmlUrl)}::text[], ${feeds.map((feed) => feed.htmlUrl ?? '')}::text[],
        ${feeds.map((feed) => feed.title.slice(0, 300).toWellFormed())}::text[]) listed(url, site, title)
    on conflict do nothing returning id`.execute(tx);
  const ids = rows.map(({ id }) => id);
  await sql`insert into events (name, actor_id, subject_id, community_id)
    select 'blog.followed', ${actor.id}, id, ${home?.id ?? null}::uuid from unnest(${ids}::uuid[]) id`.execute(
    tx,
  );
  return { new: ids.length, known: feeds.length - ids.length, ids };
}

/**
 * Counts one address that the actor has us look at: other people's servers answer for it. Guests have no blog of their
 * own here.
 */
export async function countAddress(db: Db, actor: Actor): Promise<void> {
  refuseGuests(actor);
  await countAttempt(db, [{ key: `blog ${actor.id}`, most: 20, seconds: 3600 }]);
}

function refuseGuests(actor: Actor): void {
  if (isGuest(actor)) throw new Refusal('forbidden', 'guests_write_in_communities');
}

interface Owner {
  personId?: string;
  followedBy?: string | null;
  communityId?: string;
}

function followedBy(actor: Actor, communityId?: string): Owner {
  return { followedBy: actor.id === OPERATOR.id ? null : actor.id, communityId };
}

/** The web address that somebody typed, or a refusal of the field `url`. */
export function webAddressOf(address: string): string {
  const url = URL.parse(address.trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.href.length > 2000) {
    throw new Refusal('invalid', 'not_web_address', { url: 'not_web_address' });
  }
  url.hash = '';
  return url.href;
}

async function keep(tx: Tx, owner: Owner, url: string, found?: FoundFeed): Promise<string> {
  const row = await tx
    .insertInto('outside_blogs')
    .values({
      person_id: owner.personId ?? null,
      followed_by: owner.followedBy ?? null,
      community_id: owner.communityId ?? null,
      feed_url: url,
      ...(found && {
        ...whatItSays(found),
        polled_at: new Date(),
        next_poll_at: sql<Date>`now() + interval '1 hour'`,
      }),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row) return row.id;
  const whose = await tx
    .selectFrom('outside_blogs')
    .select('person_id')
    .where('feed_url', '=', url)
    .where('person_id', owner.personId ? 'is not' : 'is', null)
    .executeTakeFirst();
  const reason =
    owner.personId && whose && whose.person_id !== owner.personId ? 'blog_of_another' : 'blog_known';
  throw new Refusal('conflict', reason, { url: reason });
}

/** What is remembered of an answer: how to ask next time, and what the blog is called. */
export function whatItSays({ blog, fetched }: Omit<FoundFeed, 'url'>) {
  return {
    site_url: blog.url?.slice(0, 2000) ?? null,
    title: blog.title.slice(0, 300).toWellFormed(),
    origin: blog.origin,
    etag: fetched.etag,
    last_modified: fetched.lastModified,
    digest: digestOf(fetched.body),
  };
}

/** A short name of a body. */
export function digestOf(body: Uint8Array | null): string | null {
  return body && createHash('sha256').update(body).digest('base64url');
}

/** Adds what came to the figure that the blog's owner sees. */
export async function countArrived(tx: Tx, id: string, { posts }: ImportReport): Promise<void> {
  if (posts.new === 0) return;
  await sql`update outside_blogs set arrived = arrived + ${posts.new} where id = ${id}`.execute(tx);
}

/** Lets one's own attached blog go: what came stays, nothing more comes. */
export function detachBlog(tx: Tx, actor: Actor, id: string): Promise<void> {
  return letGo(tx, actor, id, sql`person_id = ${actor.id}`);
}

/** The same for a blog that the network follows. For admins. */
export function unfollowBlog(tx: Tx, actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  return letGo(tx, actor, id, followedInSight(actor));
}

async function letGo(tx: Tx, actor: Actor, id: string, whose: ReturnType<typeof sql>): Promise<void> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{ community_id: string | null }>`delete from outside_blogs blog
    where id = ${id} and ${whose} returning community_id`.execute(tx);
  if (!rows[0]) throw notFound();
  const communityId = rows[0].community_id;
  await recordEvent(tx, { name: 'blog.detached', actorId: actor.id, subjectId: id, communityId });
}

/** The actor's attached blogs. */
export function ownBlogs(db: Db, actor: Actor): Promise<OutsideBlog[]> {
  return list(db, sql`person_id = ${actor.id}`);
}

/** The blogs that the network follows, without those of communities that the actor does not read. For admins. */
export async function followedBlogs(db: Db, actor: Actor): Promise<OutsideBlog[]> {
  requireAdmin(actor);
  return list(db, followedInSight(actor));
}

function followedInSight(actor: Actor) {
  return sql`(person_id is null and (community_id is null or exists (select 1 from communities
    where communities.id = blog.community_id and ${readableCommunities(actor)})))`;
}

async function list(db: Db, whose: ReturnType<typeof sql>): Promise<OutsideBlog[]> {
  const { rows } = await sql<Omit<OutsideBlog, 'polledAt'> & { polledAt: Date | null }>`
    select id, coalesce(nullif(title, ''), feed_url) as title, feed_url as "feedUrl", site_url as "siteUrl", arrived,
      (select json_build_object('slug', slug, 'name', name) from communities where id = blog.community_id) as community,
      polled_at as "polledAt", case when person_id is null and exists (select 1 from outside_blogs mine
        where mine.feed_url = blog.feed_url and mine.person_id is not null) then 'blog_attached' else last_error end as error
    from outside_blogs blog where ${whose} order by blog.title, id limit 2000`.execute(db);
  return rows.map((row) => ({ ...row, polledAt: row.polledAt?.toISOString() ?? null }));
}
