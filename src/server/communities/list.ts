import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db, Tx } from '../platform/db.ts';
import { pageSize } from '../platform/keyset.ts';
import { afterName, afterPlace, nameBegins, nameKey, pageByName } from './by-name.ts';
import { presentSummary, type CommunityRow, type CommunitySummary, type OwnCommunity } from './present.ts';
import { ownCommunities, visibleCommunities } from './sight.ts';
import { standingColumns, standingJoins } from './standing.ts';

/** Of a membership `own` and its community. */
export const OWN_COLUMNS = sql`slug, name, emoji, access, archived_at is not null as archived, own.role as standing`;

/** By name, archived ones last. */
export const OWN_ORDER = sql<string>`(case when archived_at is null then '0' else '1' end || name_key) collate "C"`;

/**
 * The actor's living communities, with `id` and `key`, which they are ordered by; of more than `most`, those that he
 * looked at last.
 */
export function ownWithNews(actor: Actor, most: number): RawBuilder<unknown> {
  return sql`select own.*, ${hasNews(actor)} as unread from (
      select ${OWN_COLUMNS}, name_key as key, communities.id, own.seen_at
      from memberships own join communities on communities.id = own.community_id
      where own.person_id = ${actor.id} and archived_at is null
      order by own.seen_at desc, communities.id limit ${most}) own`;
}

/** Somebody else published there since he last looked: one probe of an index for each. */
function hasNews(actor: Actor) {
  return sql`exists (select 1 from entries where entries.community_id = own.id and listed and kind = 'post'
    and published_at > own.seen_at and author_id <> ${actor.id})`;
}

/** The actor's communities by name, archived ones last. */
export async function myCommunities(
  db: Db,
  actor: Actor,
  where: { cursor?: string | null; limit?: string | number | null } = {},
): Promise<{ items: OwnCommunity[]; next: string | null }> {
  const limit = pageSize(where.limit);
  const { rows } = await sql<
    OwnCommunity & { id: string; key: string }
  >`select own.id, own.key, slug, name, emoji,
      access, archived, standing, ${hasNews(actor)} as unread from (
      select ${OWN_COLUMNS}, ${OWN_ORDER} as key, communities.id, own.seen_at
      from memberships own join communities on communities.id = own.community_id
      where own.person_id = ${actor.id} and ${afterPlace(OWN_ORDER, sql`communities.id`, where.cursor)}
      order by key, communities.id limit ${limit + 1}) own
    order by own.key, own.id`.execute(db);
  const { items, next } = pageByName(rows, limit);
  return { items: items.map(({ id: _, key: __, ...own }) => own), next };
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
