import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { requireWritable } from '../communities/access.ts';
import { reachable } from '../communities/sight.ts';
import { setFileUses } from '../conversation/attachments.ts';
import { setMentions } from '../conversation/mentions.ts';
import type { Enclosure } from '../conversation/present.ts';
import { readTags, setTags, tagsOf, withNamed } from '../conversation/tags.ts';
import { renderDraft, renderText } from '../conversation/text.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { coverColumns, letGoOfCover, readCover, withCover, type KeptCover } from './cover.ts';
import { enclosureOf } from './episode.ts';
import { readPostInput, type NewPost } from './input.ts';
import { homeForWriting } from './home.ts';

/** What changes of a post, and which version of it was in hand; without one, whatever stands there is replaced. */
export interface PostChange extends Partial<NewPost> {
  version?: number;
}

/**
 * Changes one's own post; what is not given stays. The version before stays readable under "history" once the post
 * is published. A draft moves to another community or comes out with `status: 'published'`; a published post stays
 * where it is. A draft that stays one leaves no event: it saves itself every few seconds, and nobody else sees it.
 * @returns the version that stands now
 */
export async function editPost(
  tx: Tx,
  actor: Actor,
  id: string,
  input: PostChange,
): Promise<{ version: number }> {
  const before = await postForEditing(tx, actor, id);
  const post = readPostInput({ ...input, body: '' });
  const draft = before.status === 'draft';
  const publishing = draft && post.status === 'published';
  const moving = input.community !== undefined && post.community !== before.slug;
  if (!draft) {
    await requireWritable(tx, actor, before.community_id);
    if (moving || post.status === 'draft' || post.publishAt) throw new Refusal('conflict', 'published_stays');
  }
  // A draft is let in where it moves, and again where it comes out.
  const home =
    moving || publishing ? await homeForWriting(tx, actor, moving ? post.community : before.slug) : null;
  const communityId = home ? home.communityId : before.community_id;
  const render = draft && !publishing ? renderDraft : renderText;
  const text = await render(tx, actor, input.body ?? before.body);
  const cover = await readCover(tx, actor, input, before);
  const title = input.title === undefined ? before.title : post.title;
  const changed = title !== before.title || text.body !== before.body;
  if (changed && input.version !== undefined && input.version !== before.version)
    throw new Refusal('conflict', 'changed_elsewhere');
  const now = new Date();
  const publishedAt = publishing ? now : before.published_at;
  const revised = changed && !draft;
  if (revised) await keepRevision(tx, actor, id, before, now);
  const enclosure = await enclosureOf(tx, text.files, {
    communityId,
    authorId: actor.id,
    published: publishedAt !== null,
    before: before.enclosure,
  });
  await tx
    .updateTable('entries')
    .set({
      title,
      body: text.body,
      html: text.html,
      excerpt: text.excerpt,
      reading_minutes: text.readingMinutes,
      ...coverColumns(cover, text.files),
      enclosure: enclosure && JSON.stringify(enclosure),
      ...(input.sourceUrl !== undefined && post.source),
      version: before.version + 1,
      ...(post.purpose && { purpose: post.purpose }),
      ...(post.publishAt !== undefined && { publish_at: post.publishAt, held_back: null }),
      ...(home && { community_id: home.communityId, everyone: home.everyone }),
      ...(revised && { edited_at: now }),
      ...(publishing && { status: 'published', published_at: now, publish_at: null, held_back: null }),
    })
    .where('id', '=', id)
    .execute();
  // What a draft names may still be half a word.
  const named = publishedAt ? text.tags : [];
  if (input.tags !== undefined || publishing || (changed && named.length > 0)) {
    const given = input.tags === undefined ? await tagsOf(tx, id) : readTags(input.tags);
    await setTags(tx, id, publishedAt, withNamed(given, named));
  }
  await setMentions(tx, { entryId: id }, text.mentioned, false);
  const files = withCover(cover, text.files);
  await letGoOfCover(tx, id, before, files);
  await setFileUses(tx, { entryId: id }, files, draft ? 'dropped' : 'kept');
  const version = before.version + 1;
  if (draft && !publishing) return { version };
  const name = publishing ? 'post.published' : 'post.edited';
  await recordEvent(tx, { name, actorId: actor.id, subjectId: id, communityId });
  return { version };
}

/** One's own post, neither deleted nor in a place one has left, locked until the end of the transaction. */
async function postForEditing(tx: Tx, actor: Actor, id: string) {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<
    KeptCover & {
      title: string;
      body: string;
      status: 'draft' | 'published';
      version: number;
      published_at: Date | null;
      community_id: string | null;
      slug: string | null;
      enclosure: Enclosure | null;
    }
  >`select entries.title, entries.body, entries.status, entries.version, entries.published_at,
      entries.cover, entries.cover_file, entries.cover_alt, entries.enclosure,
      entries.community_id,
      (select slug from communities where communities.id = entries.community_id) as slug
    from entries
    where entries.id = ${id} and entries.kind = 'post' and entries.author_id = ${actor.id} and entries.deleted_at is null
      and entries.hidden_at is null and (entries.status = 'draft' or ${reachable(actor, 'entries')})
    for update of entries`.execute(tx);
  if (!rows[0]) throw notFound();
  return rows[0];
}

async function keepRevision(
  tx: Tx,
  actor: Actor,
  id: string,
  { title, body }: { title: string; body: string },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('revisions')
    .values({ entry_id: id, editor_id: actor.id, title, body, replaced_at: now })
    .execute();
}
