import { sql } from 'kysely';
import { isModerator, type Actor } from '../actor.ts';
import { writable } from '../communities/access.ts';
import { communityJson } from '../conversation/community.ts';
import { curatedJson, sourceOf, type CreditRow } from '../conversation/credit.ts';
import type { CommunityRef, PersonRef, ReactionKind, TagRef } from '../conversation/present.ts';
import { personJson } from '../conversation/person.ts';
import { keepsOrder, listedEntries, visibleEntries } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { contributorsOf } from './contributors.ts';
import { withHeadings } from './headings.ts';
import { namesIn, targetsOf, withTargets } from './links.ts';
import type { PageRef, PageView } from './present.ts';
import { editable } from './rights.ts';

interface Row extends CreditRow {
  id: string;
  title: string;
  body: string;
  html: string;
  excerpt: string;
  version: number;
  created_at: Date;
  edited_at: Date | null;
  reading_minutes: number;
  comment_count: number;
  thanks: number;
  useful: number;
  agree: number;
  insightful: number;
  hidden_at: Date | null;
  hidden_reason: string | null;
  author: PersonRef;
  community: CommunityRef;
  tags: TagRef[] | null;
  mine: ReactionKind[] | null;
  unread: boolean;
  can_write: boolean;
  keeps_order: boolean;
  can_edit: boolean;
  inside: boolean;
}

/** One page by its id. What the actor may not see is not found, like what never was. */
export async function readPage(db: Db, actor: Actor, id: string): Promise<PageView> {
  const row = isId(id) ? await readRow(db, actor, id) : undefined;
  if (!row) throw notFound();
  const [above, contributors, targets] = await Promise.all([
    pagesAbove(db, actor, id),
    contributorsOf(db, actor, id),
    targetsOf(db, actor, id, namesIn(row.html)),
  ]);
  const { html, headings } = withHeadings(withTargets(row.html, targets));
  return { ...present(row, actor), html, headings, above, contributors };
}

async function readRow(db: Db, actor: Actor, id: string): Promise<Row | undefined> {
  const { rows } = await sql<Row>`select entries.id, entries.title, body, html, entries.excerpt, version,
      entries.created_at, edited_at, reading_minutes, comment_count, thanks, useful, agree, insightful, hidden_at,
      hidden_reason, source_url, source_title, source_author,
      ${curatedJson(actor)} as curated,
      ${personJson('a')} as author,
      ${communityJson('c')} as community,
      (select json_agg(json_build_object('slug', t.slug, 'label', et.label) order by t.slug)
        from entry_tags et join tags t on t.id = et.tag_id where et.entry_id = entries.id) as tags,
      (select json_agg(kind) from reactions where entry_id = entries.id and person_id = ${actor.id}) as mine,
      entries.author_id <> ${actor.id} and last_at > coalesce(
        (select read_at from reads where person_id = ${actor.id} and entry_id = entries.id),
        (select read_before from people where id = ${actor.id})) as unread,
      ${writable(actor, 'entries')} as can_write, ${keepsOrder(actor)} as keeps_order,
      ${editable(actor, 'entries')} as can_edit,
      exists (select 1 from memberships own where own.person_id = ${actor.id} and own.community_id = c.id) as inside
    from pages join entries on entries.id = pages.id
      join entry_activity on entry_activity.entry_id = pages.id join people a on a.id = entries.author_id
      join communities c on c.id = entries.community_id
    where pages.id = ${id} and ${visibleEntries(actor)}`.execute(db);
  return rows[0];
}

/** The pages above one, from the top, as far as the actor sees them. */
async function pagesAbove(db: Db, actor: Actor, id: string): Promise<PageRef[]> {
  const { rows } = await sql<PageRef>`with recursive above as (
      select pages.parent_id as id, 1 as up from pages where pages.id = ${id}
      union all select pages.parent_id, up + 1 from above join pages on pages.id = above.id where up < 20),
    seen as (select entries.id, entries.title, up from above join entries on entries.id = above.id
      where ${listedEntries(actor)})
    select id, title from seen where up <= (select count(*) from seen s where s.up <= seen.up) order by up desc`.execute(
    db,
  );
  return rows;
}

function present(row: Row, actor: Actor): Omit<PageView, 'headings' | 'above' | 'contributors'> {
  const own = row.author.id === actor.id;
  const shown = row.hidden_at === null;
  return {
    id: row.id,
    title: row.title,
    body: row.body,
    html: row.html,
    excerpt: row.excerpt,
    version: row.version,
    community: row.community,
    author: row.author,
    createdAt: row.created_at.toISOString(),
    editedAt: row.edited_at?.toISOString() ?? null,
    readingMinutes: row.reading_minutes,
    tags: row.tags ?? [],
    comments: row.comment_count,
    reactions: { thanks: row.thanks, useful: row.useful, agree: row.agree, insightful: row.insightful },
    mine: row.mine ?? [],
    unread: row.unread,
    source: sourceOf(row),
    hidden: row.hidden_at ? { at: row.hidden_at.toISOString(), reason: row.hidden_reason ?? '' } : null,
    may: {
      edit: shown && row.can_edit,
      editOnceInside: shown && !row.inside && row.can_write,
      delete: shown && row.can_write && (own || row.keeps_order),
      comment: shown && row.can_write,
      react: shown && !own,
      report: shown && !own,
      hide: row.keeps_order && (!own || isModerator(actor)),
    },
  };
}
