import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { ownWithNews } from '../communities/list.ts';
import type { OwnCommunity } from '../communities/present.ts';
import { newcomersFor, type Newcomer } from '../first-day/companion.ts';
import { newsFor } from '../notifications/list.ts';
import { PLANNED_ONCE, type Db } from '../platform/db.ts';

/** Whether something is new is asked of as many communities, those looked at last. */
const MOST_LOOKED_AT = 100;

/** What stands around every page of somebody who is signed in. */
export interface Surroundings {
  /** His living communities by name; where they are more than asked for, those with something new come first. */
  communities: OwnCommunity[];
  moreCommunities: boolean;
  /** He animates one of them. */
  animates: boolean;
  /** Something that concerns him is unread. */
  news: boolean;
  /** Of his private feeds; null while he has none. */
  feedKey: string | null;
  /** Whose companion he is, while they have not spoken. */
  newcomers: Newcomer[];
}

/** In one statement, because every page asks it. `most`: how many communities to show. */
export async function readSurroundings(db: Db, actor: Actor, most: number): Promise<Surroundings> {
  const { rows } =
    await sql<Surroundings>`${PLANNED_ONCE}with own as materialized (${ownWithNews(actor, MOST_LOOKED_AT)}),
    many as materialized (select exists (select from own offset ${most}) as many),
    shown as (select own.* from own, many order by (many and unread) desc, key, id limit ${most})
    select ${newsFor(actor)} as news, ${newcomersFor(actor)} as newcomers, many as "moreCommunities",
      (select key from feed_keys where person_id = ${actor.id}) as "feedKey",
      exists (select from own where standing = 'animator') or exists (select from own offset ${MOST_LOOKED_AT - 1})
        and exists (select from memberships join communities on communities.id = community_id
          where person_id = ${actor.id} and memberships.role = 'animator' and archived_at is null) as animates,
      (select coalesce(json_agg(json_build_object('slug', slug, 'name', name, 'emoji', emoji, 'access', access,
          'archived', archived, 'standing', standing, 'unread', unread) order by (many and unread) desc, key, id), '[]')
        from shown) as communities
    from many`.execute(db);
  return rows[0]!;
}
