import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { communityForReading } from '../communities/access.ts';
import { personForReading } from '../communities/profile.ts';
import type { EntrySummary, Page } from '../conversation/present.ts';
import { entrySummaries } from '../conversation/summaries.ts';
import { tagSlug } from '../conversation/tags.ts';
import { invalid } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, page, pageSize } from '../platform/keyset.ts';
import {
  allPlaces,
  communityPlaces,
  followedPlaces,
  personPlaces,
  taggedPlaces,
  type Window,
} from './places.ts';

/** Which entries: at most one of community (slug), person (handle) and tag (slug); else the scope decides. */
export interface FeedQuery {
  scope?: 'following' | 'all' | null;
  community?: string | null;
  person?: string | null;
  tag?: string | null;
  /** By publication (the default) or by latest comment. */
  order?: 'newest' | 'active' | null;
  cursor?: string | null;
  limit?: number | string | null;
}

/** One page of entries the actor may see, newest first. */
export async function listFeed(db: Db, actor: Actor, query: FeedQuery): Promise<Page<EntrySummary>> {
  const limit = pageSize(query.limit);
  const order = query.order ?? 'newest';
  if (order !== 'newest' && order !== 'active') throw invalid('order', 'unknown_order');
  const window: Window = { order, from: decodeCursor(query.cursor), rows: limit + 1 };
  const rows = await entrySummaries(db, actor, await feedPlaces(db, actor, query, window));
  const cut = page(rows, limit, (row) => ({ at: row.at.toISOString(), id: row.summary.id }));
  return { items: cut.items.map((row) => row.summary), next: cut.next };
}

/** The query that names the page's entries. */
async function feedPlaces(
  db: Db,
  actor: Actor,
  query: FeedQuery,
  window: Window,
): Promise<RawBuilder<unknown>> {
  if (query.community) return communityPlaces(window, await communityForReading(db, actor, query.community));
  if (query.person) return personPlaces(actor, window, await personForReading(db, actor, query.person));
  if (query.tag) {
    return taggedPlaces(actor, window, sql`select id as key from tags where slug = ${tagSlug(query.tag)}`);
  }
  const scope = query.scope ?? 'following';
  if (scope === 'following') return followedPlaces(actor, window);
  if (scope === 'all') return allPlaces(actor, window);
  throw invalid('scope', 'unknown_scope');
}
