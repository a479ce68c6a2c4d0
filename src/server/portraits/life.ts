import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { readableCommunities } from '../communities/sight.ts';
import { personJson } from '../conversation/person.ts';
import type { PersonRef } from '../conversation/present.ts';
import type { Db } from '../platform/db.ts';

/** How often something is written in a community: words, not figures to compare. */
export type Rhythm = 'daily' | 'weekly' | 'monthly' | 'quiet';

/** What goes on in a community, at a glance. */
export interface CommunityLife {
  slug: string;
  rhythm: Rhythm;
  latest: { id: string; title: string; at: string } | null;
  /** Who published there lately, latest first; four at most. */
  voices: PersonRef[];
}

const DAY = 86_400_000;
/** The latest posts that are looked at: enough to hear a rhythm. */
const HEARD = 12;
const MOST_COMMUNITIES = 200;

interface Row {
  slug: string;
  latest: { id: string; title: string; at: string } | null;
  times: string[] | null;
  voices: PersonRef[] | null;
}

/** What goes on in these communities, by slug; of those the actor may not read, nothing. */
export async function livesOf(db: Db, actor: Actor, slugs: string[]): Promise<Record<string, CommunityLife>> {
  const asked = slugs.slice(0, MOST_COMMUNITIES);
  if (asked.length === 0) return {};
  const { rows } = await sql<Row>`select communities.slug, lately.times, lately.voices, lately.latest
    from communities cross join lateral (
      select json_agg(e.published_at order by e.published_at desc) as times,
        (array_agg(json_build_object('id', e.id, 'title', e.title, 'at', e.published_at)
          order by e.published_at desc, e.id desc))[1] as latest,
        (select json_agg(${personJson('p')}
            order by spoke.last desc)
          from (select author_id, max(published_at) as last from unnest(array_agg(e.author_id), array_agg(e.published_at))
              as by_author (author_id, published_at) group by author_id order by last desc limit 4) spoke
            join people p on p.id = spoke.author_id) as voices
      from (select id, coalesce(nullif(title, ''), left(excerpt, 80)) as title, author_id, published_at from entries
        where community_id = communities.id and listed and kind = 'post' order by published_at desc, id desc limit ${HEARD}) e) lately
    where communities.slug = any(${asked}::text[]) and ${readableCommunities(actor)}`.execute(db);
  return Object.fromEntries(rows.map((row) => [row.slug, present(row)]));
}

function present({ slug, latest, times, voices }: Row): CommunityLife {
  return {
    slug,
    rhythm: rhythmOf((times ?? []).map((time) => Date.now() - Date.parse(time))),
    latest: latest && { ...latest, at: new Date(latest.at).toISOString() },
    voices: voices ?? [],
  };
}

/** The rhythm of the latest posts, by their ages in milliseconds, youngest first. */
function rhythmOf(ages: number[]): Rhythm {
  const within = (days: number) => ages.filter((age) => age < days * DAY).length;
  if (within(7) >= 5) return 'daily';
  if (within(28) >= 3) return 'weekly';
  return within(45) >= 1 ? 'monthly' : 'quiet';
}
