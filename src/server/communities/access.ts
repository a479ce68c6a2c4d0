import { sql, type RawBuilder } from 'kysely';
import { isGuest, type Actor, type Viewer } from '../actor.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { reachable, readableCommunities, visibleCommunities } from './sight.ts';
import { isSlug } from './slug.ts';

export interface WritableCommunity {
  id: string;
  slug: string;
  /** What `entries.everyone` becomes for an entry that lives here. */
  open: boolean;
}

/**
 * The community the actor wants to write in. Absent and unknowable answer alike; one he only knows the door of
 * refuses (`community_members_only`), an archived one too (`community_archived`).
 */
export async function communityForWriting(db: Db, actor: Actor, slug: string): Promise<WritableCommunity> {
  const found = isSlug(slug)
    ? await db
        .selectFrom('communities')
        .select(['id', 'slug', 'access', 'archived_at', readableCommunities(actor).as('readable')])
        .where('slug', '=', slug)
        .where(visibleCommunities(actor))
        // Held until the entry stands there: its `everyone` must still be true to the community's access.
        .forKeyShare()
        .executeTakeFirst()
    : undefined;
  if (!found) throw notFound();
  if (!found.readable) throw new Refusal('forbidden', 'community_members_only');
  if (found.archived_at) throw new Refusal('forbidden', 'community_archived');
  return { id: found.id, slug: found.slug, open: found.access === 'open' };
}

/**
 * Refuses unless the actor may add words (a comment, a reaction) to something that lives in this community; null is
 * a personal blog. One probe by primary key, none where there is no community.
 */
export async function requireWritable(db: Db, actor: Actor, communityId: string | null): Promise<void> {
  if (communityId === null) {
    if (isGuest(actor)) throw notFound();
    return;
  }
  const found = await db
    .selectFrom('communities')
    .select('archived_at')
    .where('id', '=', communityId)
    .where(readableCommunities(actor))
    .executeTakeFirst();
  if (!found) throw notFound();
  if (found.archived_at) throw new Refusal('forbidden', 'community_archived');
}

/**
 * The same question as `requireWritable` inside a query, for `may` flags: true where the actor may add words beside
 * the row. `alias` has `community_id` and `everyone`.
 */
export function writable(actor: Viewer, alias: string): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${reachable(actor, alias)} and (${t}.community_id is null or exists (select 1
    from communities place where place.id = ${t}.community_id and place.archived_at is null)))`;
}

/** The id of a community whose content the actor may read; the door alone is not enough. */
export async function communityForReading(db: Db, actor: Actor, slug: string): Promise<string> {
  const found = isSlug(slug)
    ? await db
        .selectFrom('communities')
        .select('id')
        .where('slug', '=', slug)
        .where(readableCommunities(actor))
        .executeTakeFirst()
    : undefined;
  if (!found) throw notFound();
  return found.id;
}
