import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { PLANNED_ONCE, type Db } from '../platform/db.ts';
import { sourceOf, type CreditRow } from './credit.ts';
import { personJson } from './person.ts';
import type { EntrySummary, PersonRef, ReactionKind, TagRef } from './present.ts';

interface SummaryRow extends CreditRow {
  id: string;
  at: Date;
  title: string;
  excerpt: string;
  cover: string | null;
  published_at: Date;
  edited_at: Date | null;
  last_at: Date;
  reading_minutes: number;
  comment_count: number;
  thanks: number;
  useful: number;
  agree: number;
  insightful: number;
  purpose: EntrySummary['purpose'];
  author_id: string;
  handle: string;
  name: string;
  author_status: PersonRef['status'];
  picture: string | null;
  slug: string | null;
  community_name: string | null;
  emoji: string;
  access: 'open' | 'closed' | 'secret';
  tags: TagRef[] | null;
  voices: PersonRef[] | null;
  mine: ReactionKind[] | null;
  unread: boolean;
}

/**
 * Reads the entries that `places` (a query giving `id` and `at`, already narrowed to what the actor may see) names,
 * in one query, newest place first.
 */
export async function entrySummaries(
  db: Db,
  actor: Actor,
  places: RawBuilder<unknown>,
): Promise<{ at: Date; summary: EntrySummary }[]> {
  const { rows } = await summaryQuery(actor, places).execute(db);
  return rows.map((row) => ({ at: row.at, summary: present(row) }));
}

function summaryQuery(actor: Actor, places: RawBuilder<unknown>): RawBuilder<SummaryRow> {
  return sql<SummaryRow>`${PLANNED_ONCE} with place as materialized (${places})
    select e.id, place.at, e.title, e.excerpt, e.cover, e.published_at, e.edited_at, said.last_at, e.reading_minutes,
      said.comment_count, e.thanks, e.useful, e.agree, e.insightful, e.purpose, e.source_url, e.source_title, e.source_author,
      e.author_id, a.handle, a.name, a.status as author_status, a.picture, c.slug, c.name as community_name, c.emoji, c.access,
      case when said.comment_count > 0 then (
        select json_agg(${personJson('p')} order by voice.rank)
        from unnest(said.voices) with ordinality voice (id, rank) join people p on p.id = voice.id) end as voices,
      (select json_agg(json_build_object('slug', t.slug, 'label', et.label) order by t.slug)
        from entry_tags et join tags t on t.id = et.tag_id where et.entry_id = e.id) as tags,
      case when e.thanks + e.useful + e.agree + e.insightful > 0 then
        (select json_agg(kind) from reactions where entry_id = e.id and person_id = ${actor.id}) end as mine,
      e.author_id <> ${actor.id} and said.last_at > coalesce(r.read_at,
        (select read_before from people where id = ${actor.id})) as unread
    from place join entries e on e.id = place.id join entry_activity said on said.entry_id = e.id
      join people a on a.id = e.author_id
      left join communities c on c.id = e.community_id
      left join reads r on r.person_id = ${actor.id} and r.entry_id = e.id
    order by place.at desc, place.id desc`;
}

function present(row: SummaryRow): EntrySummary {
  return {
    id: row.id,
    title: row.title,
    excerpt: row.excerpt,
    cover: row.cover,
    author: {
      id: row.author_id,
      handle: row.handle,
      name: row.name,
      status: row.author_status,
      picture: row.picture,
    },
    community: row.slug
      ? { slug: row.slug, name: row.community_name ?? '', emoji: row.emoji, access: row.access }
      : null,
    tags: row.tags ?? [],
    publishedAt: row.published_at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
    activityAt: row.last_at.toISOString(),
    readingMinutes: row.reading_minutes,
    comments: row.comment_count,
    voices: row.voices ?? [],
    reactions: { thanks: row.thanks, useful: row.useful, agree: row.agree, insightful: row.insightful },
    mine: row.mine ?? [],
    unread: row.unread,
    purpose: row.purpose,
    source: sourceOf(row),
  };
}
