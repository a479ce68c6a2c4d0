import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { requireWritable } from '../communities/access.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { newId } from '../platform/new-id.ts';
import { lastStatement } from '../platform/transaction.ts';
import { setFileUses } from './attachments.ts';
import { setMentions } from './mentions.ts';
import { REGRETTABLE_SINCE } from './regret.ts';
import { say } from './say.ts';
import { listedEntries } from './sight.ts';
import { renderText } from './text.ts';

export interface NewComment {
  entryId: string;
  /** The comment that this one answers. */
  parentId?: string | null;
  /** Markdown. */
  body: string;
}

/** Longest text of a comment, in characters: who has more to say writes a post. */
const LONGEST_COMMENT = 20_000;

/** Says something under an entry the actor may see and write beside. */
export async function addComment(tx: Tx, actor: Actor, input: NewComment): Promise<{ id: string }> {
  const { entryId, parentId } = input;
  if (!isId(entryId)) throw notFound();
  if (parentId && !isId(parentId)) throw invalid('parentId', 'parent_not_found');
  refuseLonger(input.body, LONGEST_COMMENT);
  const text = await renderText(tx, actor, input.body);
  const id = newId();
  if (text.mentioned.length === 0 && text.files.length === 0) lastStatement(tx);
  // In one packet. Where the place turns out to be none, nothing of it is written.
  const [[place]] = await Promise.all([
    say[actor.role](tx, {
      id,
      entryId,
      parentId: parentId || null,
      actorId: actor.id,
      body: text.body,
      html: text.html,
      now: new Date(),
    }),
    setMentions(tx, { commentId: id }, text.mentioned, true),
    setFileUses(tx, { commentId: id }, text.files, 'none'),
  ]);
  if (!place) throw notFound();
  if (!place.can_write) throw new Refusal('forbidden', 'community_archived');
  if (parentId && !place.parent_found) throw invalid('parentId', 'parent_not_found');
  return { id };
}

function refuseLonger(body: string, longest: number): void {
  if (typeof body === 'string' && body.replaceAll('\r\n', '\n').length > longest)
    throw invalid('body', 'comment_too_long');
}

/** Changes one's own comment; the version before stays readable. One that came longer may stay as long. */
export async function editComment(tx: Tx, actor: Actor, id: string, input: { body: string }): Promise<void> {
  const comment = await ownComment(tx, actor, id, sql`comments.listed`);
  await requireWritable(tx, actor, comment.community_id);
  refuseLonger(input.body, Math.max(LONGEST_COMMENT, comment.body.length));
  const text = await renderText(tx, actor, input.body);
  if (text.body === comment.body) return;
  await tx
    .insertInto('revisions')
    .values({ comment_id: id, editor_id: actor.id, body: comment.body })
    .execute();
  await sql`update comments set body = ${text.body}, html = ${text.html}, edited_at = now() where id = ${id}`.execute(
    tx,
  );
  await setMentions(tx, { commentId: id }, text.mentioned, false);
  await setFileUses(tx, { commentId: id }, text.files, 'kept');
  await record(tx, actor, comment, 'comment.edited');
}

/** Deletes one's own comment at once, for good after 30 days. Its replies stay. */
export async function deleteComment(tx: Tx, actor: Actor, id: string): Promise<void> {
  const comment = await ownComment(tx, actor, id, sql`comments.deleted_at is null`);
  await sql`update comments set deleted_at = now(), deleted_by = ${actor.id} where id = ${id}`.execute(tx);
  await recount(tx, [comment.entry_id]);
  await record(tx, actor, comment, 'comment.deleted');
}

/** Brings one's own deleted comment back. */
export async function restoreComment(tx: Tx, actor: Actor, id: string): Promise<void> {
  const comment = await ownComment(
    tx,
    actor,
    id,
    sql`comments.deleted_at > ${REGRETTABLE_SINCE} and comments.deleted_by = ${actor.id}`,
  );
  await sql`update comments set deleted_at = null, deleted_by = null where id = ${id}`.execute(tx);
  await recount(tx, [comment.entry_id]);
  await record(tx, actor, comment, 'comment.restored');
}

/** Works out again what is said beneath entries, from what is listed: a removed comment leaves no trace. */
export async function recount(tx: Tx, entryIds: string[]): Promise<void> {
  // Held first: a count taken while another comment is on its way to the same row would be written over it.
  await sql`select from entry_activity where entry_id = any(${entryIds}::uuid[]) order by entry_id
    for no key update`.execute(tx);
  await sql`update entry_activity set comment_count = said.many, voices = said.voices,
      last_at = greatest(coalesce(entries.published_at, entries.created_at), said.last)
    from entries cross join lateral (
      select coalesce(sum(one.many), 0)::int as many, max(one.last) as last,
        coalesce((array_agg(one.author_id order by one.last desc, one.author_id))[:3], '{}') as voices
      from (select author_id, count(*) as many, max(created_at) as last from comments
        where entry_id = entries.id and listed group by author_id) one) said
    where entries.id = any(${entryIds}::uuid[]) and entry_activity.entry_id = entries.id`.execute(tx);
}

interface OwnComment {
  id: string;
  entry_id: string;
  body: string;
  community_id: string | null;
}

async function ownComment(
  tx: Tx,
  actor: Actor,
  id: string,
  only: ReturnType<typeof sql>,
): Promise<OwnComment> {
  if (!isId(id)) throw notFound();
  const { rows } =
    await sql<OwnComment>`select comments.id, comments.entry_id, comments.body, entries.community_id
    from comments join entries on entries.id = comments.entry_id
    where comments.id = ${id} and comments.author_id = ${actor.id} and ${only} and ${listedEntries(actor)}
    for update of comments`.execute(tx);
  if (!rows[0]) throw notFound();
  return rows[0];
}

function record(tx: Tx, actor: Actor, comment: OwnComment, name: string): Promise<void> {
  return recordEvent(tx, {
    name,
    actorId: actor.id,
    subjectId: comment.id,
    communityId: comment.community_id,
    data: { entryId: comment.entry_id },
  });
}
