import { sql } from 'kysely';
import { isModerator, type Actor } from '../actor.ts';
import { communityForReading, communityForWriting } from '../communities/access.ts';
import { reachable, visiblePeople } from '../communities/sight.ts';
import { cleanLine } from '../conversation/text.ts';
import { invalid, notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { readSource } from './subscriptions.ts';

/** A source that colleagues say is useful, where the actor may see them say so. */
export interface RecommendedView {
  feedUrl: string;
  siteUrl: string | null;
  title: string;
  /** Who says so, and where; the latest first. */
  by: {
    id: string;
    person: { handle: string; name: string };
    community: { slug: string; name: string };
    why: string;
    at: string;
    /** Whether the actor may take it back. */
    removable: boolean;
  }[];
  /** The actor follows it himself; nobody else is told. */
  followed: boolean;
}

export interface NewRecommendation {
  community: string;
  /** One's own subscription. */
  source: string;
  why?: string | null | undefined;
}

const MOST_SHOWN = 100;
const MOST_VOICES = 10;

/** Says to a community that a source is useful. It tells the community that, and nothing of who follows it. */
export async function recommendSource(
  tx: Tx,
  actor: Actor,
  input: NewRecommendation,
): Promise<{ id: string }> {
  const source = await readSource(tx, actor, input.source);
  if (source.waiting || source.error) throw invalid('source', 'source_not_read');
  const why = cleanLine(input.why, 'why', 300);
  const community = await communityForWriting(tx, actor, input.community);
  const { rows } = await sql<{ id: string; fresh: boolean }>`insert into recommended_sources
      (person_id, community_id, everyone, feed_url, site_url, title, why)
    values (${actor.id}, ${community.id}, ${community.open}, ${source.feedUrl}, ${source.siteUrl},
      ${source.title.slice(0, 200)}, ${why})
    on conflict (person_id, community_id, feed_url) do update set why = excluded.why, title = excluded.title
    returning id, xmax = 0 as fresh`.execute(tx);
  const { id, fresh } = rows[0]!;
  await recordEvent(tx, {
    name: fresh ? 'source.recommended' : 'source.recommendation_edited',
    actorId: actor.id,
    subjectId: id,
    communityId: community.id,
  });
  return { id };
}

/** Takes one's own word back; who keeps order takes back anybody's that he sees. */
export async function takeRecommendationBack(tx: Tx, actor: Actor, id: string): Promise<void> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{ community_id: string }>`delete from recommended_sources r
    where id = ${id} and ${reachable(actor, 'r')} and ${removable(actor)} returning community_id`.execute(tx);
  if (!rows[0]) throw notFound();
  await recordEvent(tx, {
    name: 'source.recommendation_withdrawn',
    actorId: actor.id,
    subjectId: id,
    communityId: rows[0].community_id,
  });
}

/**
 * What colleagues recommend where the actor reads, or in one community: each source once, those that most of them name
 * first. Only voices that he may hear count.
 */
export async function recommendedSources(
  db: Db,
  actor: Actor,
  { community }: { community?: string | null } = {},
): Promise<RecommendedView[]> {
  const place = community
    ? sql`r.community_id = ${await communityForReading(db, actor, community)}`
    : sql`true`;
  const { rows } = await sql<RecommendedView>`with heard as (
      select r.*, row_number() over (partition by r.feed_url order by r.created_at desc, r.id desc) as turn
      from recommended_sources r where ${place} and ${reachable(actor, 'r')}
      order by r.created_at desc, r.id desc limit 2000)
    select h.feed_url as "feedUrl",
      (array_agg(h.site_url order by h.turn))[1] as "siteUrl", (array_agg(h.title order by h.turn))[1] as title,
      json_agg(json_build_object('id', h.id, 'person', json_build_object('handle', p.handle, 'name', p.name),
        'community', json_build_object('slug', c.slug, 'name', c.name), 'why', h.why,
        'at', to_char(h.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'removable', ${removable(actor, 'h')}) order by h.turn) filter (where h.turn <= ${MOST_VOICES}) as by,
      exists (select 1 from subscriptions s left join sources f on f.id = s.source_id
        where s.person_id = ${actor.id} and h.feed_url in (s.address, f.feed_url)) as followed
    from heard h join people p on p.id = h.person_id and ${visiblePeople(actor, 'p')}
      join communities c on c.id = h.community_id
    group by h.feed_url order by count(distinct h.person_id) desc, max(h.created_at) desc, h.feed_url
    limit ${MOST_SHOWN}`.execute(db);
  return rows;
}

function removable(actor: Actor, alias = 'r') {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.person_id = ${actor.id} or ${isModerator(actor)} or exists (select 1 from memberships animating
    where animating.community_id = ${t}.community_id and animating.person_id = ${actor.id}
      and animating.role = 'animator'))`;
}
