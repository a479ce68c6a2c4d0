import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { setFileUses } from '../conversation/attachments.ts';
import { readCurated } from '../conversation/credit.ts';
import { setMentions } from '../conversation/mentions.ts';
import { readTags, setTags, withNamed } from '../conversation/tags.ts';
import { renderDraft, renderText } from '../conversation/text.ts';
import type { Tx } from '../platform/db.ts';
import { eventFrom } from '../platform/events.ts';
import { newId } from '../platform/new-id.ts';
import { lastStatement } from '../platform/transaction.ts';
import { coverColumns, readCover, withCover } from './cover.ts';
import { enclosureOf } from './episode.ts';
import { readPostInput, type NewPost } from './input.ts';
import { homeForWriting } from './home.ts';

/**
 * Writes a post, in the actor's own blog or in a community he may write in. A draft is seen by nobody else.
 * @returns the id of the post
 */
export async function createPost(tx: Tx, actor: Actor, input: NewPost): Promise<{ id: string }> {
  const post = readPostInput(input);
  const status = post.status ?? 'draft';
  const home = await homeForWriting(tx, actor, post.community);
  const curatedId = await readCurated(tx, actor, input);
  const text = await (status === 'published' ? renderText : renderDraft)(tx, actor, input.body);
  const cover = await readCover(tx, actor, input);
  const files = withCover(cover, text.files);
  const given = readTags(input.tags);
  const tags = status === 'published' ? withNamed(given, text.tags) : given;
  const id = newId();
  const now = new Date();
  const publishedAt = status === 'published' ? now : null;
  const enclosure = await enclosureOf(tx, text.files, {
    communityId: home.communityId,
    authorId: actor.id,
    published: publishedAt !== null,
    before: null,
  });
  const entry = tx.insertInto('entries').values({
    id,
    author_id: actor.id,
    community_id: home.communityId,
    everyone: home.everyone,
    title: post.title,
    body: text.body,
    html: text.html,
    excerpt: text.excerpt,
    reading_minutes: text.readingMinutes,
    ...coverColumns(cover, text.files),
    enclosure: enclosure && JSON.stringify(enclosure),
    ...post.source,
    curated_id: curatedId,
    purpose: post.purpose ?? 'tell',
    publish_at: post.publishAt ?? null,
    status,
    created_at: now,
    published_at: publishedAt,
  });
  const event = eventFrom(
    {
      name: publishedAt ? 'post.published' : 'post.drafted',
      actorId: actor.id,
      subjectId: id,
      communityId: home.communityId,
      data: sql`'{}'::jsonb`,
    },
    sql`written`,
  );
  if (tags.length + text.mentioned.length + files.length === 0) lastStatement(tx);
  // In one packet.
  await Promise.all([
    sql`with written as (${entry.returning('id')}) ${event}`.execute(tx),
    tags.length > 0 ? setTags(tx, id, publishedAt, tags) : undefined,
    setMentions(tx, { entryId: id }, text.mentioned, true),
    setFileUses(tx, { entryId: id }, files, 'none'),
  ]);
  return { id };
}
