import { sql } from 'kysely';
import { isGuest, type Actor } from '../actor.ts';
import { visibleCommunities } from '../communities/sight.ts';
import type { Access } from '../communities/present.ts';
import type { Db } from '../platform/db.ts';

/** Why a community may be for him. `word`: a person's name or a theme; `people`: how many. */
export type Reason =
  | { kind: 'invited' | 'subject' | 'companion'; word: string }
  | { kind: 'people'; people: number }
  | { kind: 'alive' };

export interface SuggestedCommunity {
  slug: string;
  name: string;
  emoji: string;
  excerpt: string;
  access: Access;
  reason: Reason;
}

interface Row extends Omit<SuggestedCommunity, 'reason'> {
  kind: Reason['kind'];
  word: string | null;
  weight: number;
}

const MOST = 3;

/**
 * Three communities he may know of and is not in, each with the reason. Who is inside, and what goes on, is looked at
 * in open ones only: of a closed one, its door is all he sees.
 */
export async function suggestCommunities(db: Db, actor: Actor): Promise<SuggestedCommunity[]> {
  if (isGuest(actor)) return [];
  const { rows } = await sql<Row>`with me as (
      select id, asks_about || helps_with as subjects from people where id = ${actor.id}),
    subject as (select folded_name(word) as word from me cross join unnest(me.subjects) as word limit 50),
    kin as (select people.id from people where people.id <> ${actor.id} and people.status = 'active'
      and folded_subjects(helps_with || asks_about) like any (
        select name_pattern(word) from me cross join unnest(me.subjects) as word where length(word) > 2) limit 50),
    reason as (
      select community_id, 1 as rank, 'invited' as kind, people.name as word, 1 as weight
        from community_invitations left join people on people.id = invited_by where person_id = ${actor.id}
      union all
      select communities.id, 2, 'subject', min(theme), count(*) from communities cross join unnest(themes) as theme
        where folded_names(themes) && array(select word from subject)
          and folded_name(theme) in (select word from subject) group by communities.id
      union all
      select memberships.community_id, 3, 'companion', people.name, 1 from first_days
        join memberships on memberships.person_id = first_days.companion_id
        join people on people.id = first_days.companion_id and people.status = 'active'
        join communities on communities.id = memberships.community_id and communities.open
        where first_days.person_id = ${actor.id}
      union all
      select community_id, 4, 'people', null, count(*) from memberships join communities on communities.id = community_id
        where open and person_id in (select id from kin) group by community_id
      union all
      select community_id, 5, 'alive', null, count(*) from (select community_id from entries
        where listed and everyone and kind = 'post' and published_at > now() - interval '60 days'
        order by published_at desc limit 300) lately where community_id is not null group by community_id),
    best as (select distinct on (community_id) * from reason order by community_id, rank, weight desc)
    select slug, name, emoji, excerpt, access, best.kind, best.word, best.weight::int as weight
    from best join communities on communities.id = best.community_id
    where ${visibleCommunities(actor)} and archived_at is null
      and not exists (select 1 from memberships own where own.person_id = ${actor.id} and own.community_id = communities.id)
      and not exists (select 1 from join_requests own where own.person_id = ${actor.id} and own.community_id = communities.id)
    order by best.rank, best.weight desc, name, communities.id limit ${MOST}`.execute(db);
  return rows.map(({ kind, word, weight, ...community }) => ({
    ...community,
    reason: reasonOf(kind, word, weight),
  }));
}

function reasonOf(kind: Reason['kind'], word: string | null, people: number): Reason {
  if (kind === 'people') return { kind, people };
  return kind === 'alive' || word === null ? { kind: 'alive' } : { kind, word };
}
