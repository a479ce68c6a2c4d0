import { sql } from 'kysely';
import { isGuest, isModerator, type Actor } from '../actor.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { presentSummary, type CommunityRow, type CommunityView, type PersonCard } from './present.ts';
import { readableCommunities, visibleCommunities, visiblePeople } from './sight.ts';
import { isSlug } from './slug.ts';
import { standingColumns, standingJoins } from './standing.ts';

interface Row extends CommunityRow {
  id: string;
  description: string;
  description_html: string;
  created_at: Date;
  archived_at: Date | null;
  readable: boolean;
  following: boolean;
  requests: number;
  animators: PersonCard[];
  /** One of the animators can act: not a guest, and with an account that is not closed. */
  guarded: boolean;
}

const MOST_ANIMATORS = 20;
const MOST_REQUESTS = 100;

/** A community on its own page: its door for whoever may know of it, and what the actor may do there. */
export async function readCommunity(db: Db, actor: Actor, slug: string): Promise<CommunityView> {
  const row = isSlug(slug) ? await readRow(db, actor, slug) : undefined;
  if (!row) throw notFound();
  return {
    ...presentSummary(row),
    id: row.id,
    description: row.description,
    html: row.description_html,
    createdAt: row.created_at.toISOString(),
    archivedAt: row.archived_at?.toISOString() ?? null,
    animators: row.animators.slice(0, MOST_ANIMATORS),
    moreAnimators: row.animators.length > MOST_ANIMATORS,
    following: row.following,
    requests: row.requests,
    may: abilities(actor, row),
  };
}

async function readRow(db: Db, actor: Actor, slug: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select communities.id, slug, name, emoji, access, excerpt, themes, member_count, archived_at, description,
      description_html, communities.created_at, ${standingColumns}, ${readableCommunities(actor)} as readable,
      exists (select 1 from follows where person_id = ${actor.id} and kind = 'community'
        and target_id = communities.id) as following,
      case when own.role = 'animator' then (select count(*) from (select from join_requests
        join people on people.id = join_requests.person_id
        where join_requests.community_id = communities.id and people.status = 'active'
        limit ${MOST_REQUESTS}) waiting) else 0 end as requests,
      (select coalesce(json_agg(json_build_object('id', id, 'handle', handle, 'name', name, 'status', status,
          'headline', headline, 'picture', picture) order by joined_at, id), '[]')
        from (select people.*, joined_at ${animating(actor)} order by joined_at, people.id
          limit ${MOST_ANIMATORS + 1}) animator) as animators,
      exists (select ${animating(actor)} and status = 'active' and people.role <> 'guest') as guarded
    from communities ${standingJoins(actor, 'communities')}
    where slug = ${slug} and ${visibleCommunities(actor)}`.execute(db);
  return rows[0];
}

function animating(actor: Actor) {
  return sql`from memberships join people on people.id = memberships.person_id
    where memberships.community_id = communities.id and memberships.role = 'animator' and ${visiblePeople(actor)}`;
}

function abilities(actor: Actor, row: Row): CommunityView['may'] {
  const { role, access, readable } = row;
  const outside = role === null;
  const atOnce = access === 'open' || row.invited;
  return {
    read: readable,
    write: readable && row.archived_at === null,
    join: outside && atOnce,
    ask: outside && !atOnce && !row.asked,
    leave: !outside || row.asked,
    invite: role === 'animator' || (role === 'member' && access === 'open'),
    inviteGuests: role === 'animator' || (role === 'member' && access === 'open' && isModerator(actor)),
    seeMembers: readable,
    edit: role === 'animator',
    stepForward: role === 'member' && !isGuest(actor) && !row.guarded,
  };
}
