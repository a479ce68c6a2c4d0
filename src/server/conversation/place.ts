import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { isId, type Place } from '../platform/keyset.ts';
import { placedComments, visibleEntries } from './sight.ts';

/** Where a comment stands in its conversation: where to begin reading so that it is on the page. */
export interface CommentPlace {
  /** The comment that opened its thread; itself, perhaps. */
  rootId: string;
  /** Behind which the threads begin; null where the first page holds it. */
  threadsFrom: Place | null;
  /** Behind which the replies of its thread begin; null where the first ones hold it. */
  repliesFrom: Place | null;
}

/** Replies shown before the one asked for, so that it does not stand alone. */
export const BEFORE = 5;

interface Row {
  root: string;
  threads: { at: string; id: string } | null;
  replies: { at: string; id: string } | null;
}

/** The place of a comment the actor may read, under an entry he may see; null of any other. */
export async function placeOfComment(
  db: Db,
  actor: Actor,
  entryId: string,
  commentId: string,
  held: { threads: number; replies: number },
): Promise<CommentPlace | null> {
  if (!isId(entryId) || !isId(commentId)) return null;
  const earlierThreads = sql`from comments where entry_id = ${entryId} and root_id is null
    and (created_at, id) < (asked.root_at, asked.root) and ${placedComments(actor)}`;
  const earlierReplies = sql`from comments where root_id = asked.root
    and (created_at, id) < (asked.created_at, asked.id) and ${placedComments(actor)}`;
  const { rows } = await sql<Row>`with asked as (
      select c.id, c.created_at, r.id as root, r.created_at as root_at, c.id <> r.id as reply
      from comments c join entries on entries.id = c.entry_id join comments r on r.id = coalesce(c.root_id, c.id)
      where c.id = ${commentId} and c.entry_id = ${entryId} and ${visibleEntries(actor)}
        and ${placedComments(actor, 'c')})
    select asked.root,
      case when (select count(*) from (select ${earlierThreads} limit ${held.threads}) earlier) = ${held.threads}
        then (select json_build_object('at', created_at, 'id', id) ${earlierThreads}
          order by created_at desc, id desc limit 1) end as threads,
      case when asked.reply
          and (select count(*) from (select ${earlierReplies} limit ${held.replies}) earlier) = ${held.replies}
        then (select json_build_object('at', created_at, 'id', id) ${earlierReplies}
          order by created_at desc, id desc offset ${BEFORE} limit 1) end as replies
    from asked`.execute(db);
  const found = rows[0];
  return found
    ? { rootId: found.root, threadsFrom: placed(found.threads), repliesFrom: placed(found.replies) }
    : null;
}

function placed(place: { at: string; id: string } | null): Place | null {
  return place && { at: new Date(place.at).toISOString(), id: place.id };
}

/**
 * The first comment of others since the actor last read the entry: where he takes the conversation up again. Null
 * where he has not read it yet, or nothing was said since.
 */
export async function firstSince(db: Db, actor: Actor, entryId: string): Promise<string | null> {
  if (!isId(entryId)) return null;
  const { rows } = await sql<{ id: string }>`select c.id from reads
      join comments c on c.entry_id = reads.entry_id and c.created_at > reads.read_at
      join entries on entries.id = c.entry_id
    where reads.person_id = ${actor.id} and reads.entry_id = ${entryId} and c.listed and c.author_id <> ${actor.id}
      and ${visibleEntries(actor)}
    order by c.created_at, c.id limit 1`.execute(db);
  return rows[0]?.id ?? null;
}
