import { sql } from 'kysely';
import { isModerator, type Actor } from '../actor.ts';
import { writable } from '../communities/access.ts';
import { visibleCommunities } from '../communities/sight.ts';
import { curatedJson, sourceOf, type CreditRow } from '../conversation/credit.ts';
import type { Enclosure, EntryView, PersonRef, ReactionKind, TagRef } from '../conversation/present.ts';
import { keepsOrder, visibleEntries } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import { PLANNED_ONCE, type Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { chosenCover } from './cover.ts';

interface PostRow extends CreditRow {
  id: string;
  status: 'draft' | 'published';
  purpose: EntryView['purpose'];
  version: number;
  publish_at: Date | null;
  held_back: EntryView['heldBack'];
  title: string;
  body: string;
  html: string;
  excerpt: string;
  cover: string | null;
  cover_file: string | null;
  cover_alt: string;
  created_at: Date;
  published_at: Date | null;
  edited_at: Date | null;
  last_at: Date;
  reading_minutes: number;
  comment_count: number;
  thanks: number;
  useful: number;
  agree: number;
  insightful: number;
  enclosure: Enclosure | null;
  hidden_at: Date | null;
  hidden_reason: string | null;
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
  mine: ReactionKind[] | null;
  unread: boolean;
  revisions: number;
  can_write: boolean;
  keeps_order: boolean;
}

/** One post by its id. What the actor may not see is not found, like what never was. */
export async function readPost(db: Db, actor: Actor, id: string): Promise<EntryView> {
  if (!isId(id)) throw notFound();
  const { rows } =
    await sql<PostRow>`${PLANNED_ONCE}select entries.id, entries.status, entries.purpose, entries.version, entries.publish_at, entries.held_back, entries.title, entries.body, entries.html,
      entries.excerpt, entries.cover, entries.cover_file, entries.cover_alt, entries.created_at, entries.published_at, entries.edited_at, said.last_at,
      entries.reading_minutes, said.comment_count, entries.thanks, entries.useful, entries.agree,
      entries.insightful, entries.source_url, entries.source_title, entries.source_author, entries.enclosure,
      entries.hidden_at, entries.hidden_reason, entries.author_id, a.handle, a.name, a.status as author_status, a.picture,
      c.slug, c.name as community_name, c.emoji, c.access,
      ${curatedJson(actor)} as curated,
      (select json_agg(json_build_object('slug', t.slug, 'label', et.label) order by t.slug)
        from entry_tags et join tags t on t.id = et.tag_id where et.entry_id = entries.id) as tags,
      (select json_agg(kind) from reactions where entry_id = entries.id and person_id = ${actor.id}) as mine,
      entries.author_id <> ${actor.id} and said.last_at > coalesce(
        (select read_at from reads where person_id = ${actor.id} and entry_id = entries.id),
        (select read_before from people where id = ${actor.id})) as unread,
      (select count(*)::int from (select from revisions where entry_id = entries.id limit 1000) one) as revisions,
      ${writable(actor, 'entries')} as can_write, ${keepsOrder(actor)} as keeps_order
    from entries join entry_activity said on said.entry_id = entries.id join people a on a.id = entries.author_id
      left join communities c on c.id = entries.community_id
        and (entries.status = 'published' or ${visibleCommunities(actor, 'c')})
    where entries.id = ${id} and entries.kind = 'post' and ${visibleEntries(actor)}`.execute(db);
  if (!rows[0]) throw notFound();
  return present(rows[0], actor);
}

function present(row: PostRow, actor: Actor): EntryView {
  const own = row.author_id === actor.id;
  const published = row.status === 'published' && row.hidden_at === null;
  return {
    id: row.id,
    status: row.status,
    purpose: row.purpose,
    version: row.version,
    publishAt: row.publish_at?.toISOString() ?? null,
    heldBack: row.held_back,
    title: row.title,
    body: row.body,
    html: row.html,
    excerpt: row.excerpt,
    cover: chosenCover(row),
    coverAlt: row.cover_alt,
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
    createdAt: row.created_at.toISOString(),
    publishedAt: row.published_at?.toISOString() ?? null,
    editedAt: row.edited_at?.toISOString() ?? null,
    activityAt: row.last_at.toISOString(),
    readingMinutes: row.reading_minutes,
    comments: row.comment_count,
    reactions: { thanks: row.thanks, useful: row.useful, agree: row.agree, insightful: row.insightful },
    mine: row.mine ?? [],
    unread: row.unread,
    source: sourceOf(row),
    curatedId: row.curated?.id ?? null,
    enclosure: row.enclosure,
    revisions: row.revisions,
    hidden: row.hidden_at ? { at: row.hidden_at.toISOString(), reason: row.hidden_reason ?? '' } : null,
    may: {
      edit: own && row.hidden_at === null,
      delete: own,
      comment: published && row.can_write,
      react: published && !own,
      curate: published && !own,
      report: published && !own,
      hide: row.status === 'published' && row.keeps_order && (!own || isModerator(actor)),
    },
  };
}
