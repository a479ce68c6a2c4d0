import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db, Tx } from '../platform/db.ts';
import { pageSize } from '../platform/keyset.ts';
import { afterName, nameBegins, nameKey, pageByName } from './by-name.ts';
import { presentSummary, type CommunityRow, type CommunitySummary, type OwnCommunity } from './present.ts';
import { ownCommunities, visibleCommunities } from './sight.ts';
import { standingColumns, standingJoins } from './standing.ts';

/**
 * The actor's communities, with `id` and `key`, which they are ordered by. `unread`: somebody else published there since
 * he last looked; one probe of an index for each.
 */
export function ownWithNews(actor: Actor): RawBuilder<unknown> {
  return sql`select communities.id, slug, name, emoji, access, archived_at is not null as archived, own.role as standing,
      exists (select 1 from entries where entries.community_id = communities.id and listed and kind = 'post'
        and published_at > own.seen_at and author_id <> ${actor.id}) as unread, name_key as key
    from memberships own join communities on communities.id = own.community_id where own.person_id = ${actor.id}`;
}

/** The actor's communities by name, archived ones last. */
export async function myCommunities(db: Db, actor: Actor): Promise<{ items: OwnCommunity[]; next: null }> {
  const { rows } = await sql<OwnCommunity>`select slug, name, emoji, access, archived, standing, unread
    from (${ownWithNews(actor)}) own order by archived, key, id`.execute(db);
  return { items: rows, next: null };
}

/** Takes the dot away. Writes only where there is one. */
export async function markSeen(tx: Tx, actor: Actor, communityId: string): Promise<void> {
  await sql`update memberships set seen_at = now()
    where person_id = ${actor.id} and community_id = ${communityId} and exists (select 1 from entries
      where entries.community_id = memberships.community_id and listed and kind = 'post' and published_at > seen_at)`.execute(
    tx,
  );
}

export interface CommunitySearch {
  /** Beginning of a word of the name. */
  prefix?: string | null;
  theme?: string | null;
  /** True: those the actor is a member of; false: the others; absent: both. */
  mine?: boolean;
  cursor?: string | null;
  limit?: string | number | null;
}

/** Communities the actor may know of, by name. */
export async function listCommunities(
  db: Db,
  actor: Actor,
  where: CommunitySearch = {},
): Promise<{ items: CommunitySummary[]; next: string | null }> {
  const limit = pageSize(where.limit);
  const { rows } = await sql<CommunityRow & { id: string; key: string }>`${withStanding(
    actor,
    sql`select communities.*, ${nameKey('communities')} as key from communities
      where ${visibleCommunities(actor)} and ${afterName('communities', where.cursor)}
        and ${nameBegins('communities', where.prefix)} and ${hasTheme(where.theme)} and ${isMine(actor, where.mine)}
      order by key, communities.id limit ${limit + 1}`,
  )} order by key, listed.id`.execute(db);
  const { items, next } = pageByName(rows, limit);
  return { items: items.map(presentSummary), next };
}

/** Columns of `CommunityRow`, `id` and `key`, of the communities that `listed` selects, already within sight. */
export function withStanding(actor: Actor, listed: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select listed.id, slug, name, emoji, access, excerpt, themes, member_count, archived_at, listed.key,
      ${standingColumns}
    from (${listed}) listed ${standingJoins(actor, 'listed')}`;
}

function hasTheme(typed: string | null | undefined) {
  const theme = (typed ?? '').toWellFormed().replaceAll('\0', '').trim();
  return theme ? sql`folded_names(themes) @> array[folded_name(${theme})]` : sql`true`;
}

function isMine(actor: Actor, mine: boolean | undefined) {
  if (mine === undefined) return sql`true`;
  return mine
    ? sql`communities.id in ${ownCommunities(actor)}`
    : sql`communities.id not in ${ownCommunities(actor)}`;
}
