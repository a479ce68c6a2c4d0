import { sql, type RawBuilder } from 'kysely';
import { isModerator, type Actor } from '../actor.ts';
import { writable } from '../communities/access.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, isId, page, pageSize, type Place } from '../platform/keyset.ts';
import { placeOfComment } from './place.ts';
import type { CommentView, Page, PersonRef, ReactionKind, ThreadView } from './present.ts';
import { keepsOrder, visibleComments, visibleEntries } from './sight.ts';

/** Replies read under one opening comment at once; the others come page by page. */
const MOST_REPLIES = 500;

export interface ThreadsQuery {
  cursor?: string | null;
  limit?: number | string | null;
  /** A comment that the page must hold: it begins at its thread if the first page does not reach it. */
  comment?: string | null;
  /** `moreReplies` of the thread that `comment` names: its replies from there on. */
  replies?: string | null;
}

interface CommentRow {
  id: string;
  parent_id: string | null;
  root_id: string | null;
  author_id: string;
  handle: string;
  name: string;
  author_status: PersonRef['status'];
  picture: string | null;
  body: string;
  html: string;
  created_at: Date;
  edited_at: Date | null;
  shown: boolean;
  hidden_at: Date | null;
  hidden_reason: string | null;
  listed: boolean;
  thanks: number;
  useful: number;
  agree: number;
  insightful: number;
  mine: ReactionKind[] | null;
  can_write: boolean;
  keeps_order: boolean;
}

/**
 * The conversations under an entry the actor may see, oldest first, each with its replies. A removed comment keeps
 * its place, without author or words, only where somebody answered it.
 */
export async function threadsOf(
  db: Db,
  actor: Actor,
  entryId: string,
  where: ThreadsQuery = {},
): Promise<Page<ThreadView>> {
  if (!isId(entryId)) throw notFound();
  const limit = pageSize(where.limit ?? 50);
  const wanted = where.comment
    ? await placeOfComment(db, actor, entryId, where.comment, { threads: limit, replies: MOST_REPLIES })
    : null;
  const from = wanted ? wanted.threadsFrom : decodeCursor(where.cursor);
  const repliesFrom = wanted && (decodeCursor(where.replies) ?? wanted.repliesFrom);
  const after = from ? sql`and (c.created_at, c.id) > (${from.at}::timestamptz, ${from.id}::uuid)` : sql``;
  const root = sql`root as (
      select c.id from comments c join entries on entries.id = c.entry_id
      where c.entry_id = ${entryId} and c.root_id is null and ${visibleEntries(actor)} ${after}
        and (${visibleComments(actor, 'c')} or exists (select 1 from comments reply where reply.root_id = c.id and reply.listed))
      order by c.created_at, c.id limit ${limit + 1})`;
  const rows = await readComments(
    db,
    actor,
    root,
    sql`select * from comments where id in (select id from root)
        union all
        select reply.* from root cross join lateral (select * from comments where root_id = root.id
          ${behind(wanted?.rootId, repliesFrom)} order by created_at, id limit ${MOST_REPLIES + 1}) reply`,
  );
  return weave(rows, limit, actor, repliesFrom ? wanted?.rootId : undefined);
}

/**
 * The replies under one opening comment, oldest first. Removed ones keep no place here: what they answered is read
 * where the conversation begins.
 */
export async function readReplies(
  db: Db,
  actor: Actor,
  rootId: string,
  where: { cursor?: string | null; limit?: number | string | null } = {},
): Promise<Page<CommentView>> {
  if (!isId(rootId)) throw notFound();
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const after = from ? sql`and (c.created_at, c.id) > (${from.at}::timestamptz, ${from.id}::uuid)` : sql``;
  const root = sql`root as (select c.id from comments c join entries on entries.id = c.entry_id
    where c.id = ${rootId} and c.root_id is null and ${visibleEntries(actor)}
      and (${visibleComments(actor, 'c')} or exists (select 1 from comments reply where reply.root_id = c.id and reply.listed)))`;
  const rows = await readComments(
    db,
    actor,
    root,
    sql`select c.* from comments c join entries on entries.id = c.entry_id
      where c.root_id in (select id from root) and ${visibleComments(actor, 'c')} ${after}
      order by c.created_at, c.id limit ${limit + 1}`,
  );
  if (rows.length === 0) await requireRoot(db, root);
  const cut = page(rows, limit, placeOf);
  return { items: cut.items.map((row) => present(row, actor)), next: cut.next };
}

async function requireRoot(db: Db, root: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql`with ${root} select 1 from root`.execute(db);
  if (rows.length === 0) throw notFound();
}

/** The comments that `which` selects, in the order written, as the actor sees them. */
async function readComments(
  db: Db,
  actor: Actor,
  root: RawBuilder<unknown>,
  which: RawBuilder<unknown>,
): Promise<CommentRow[]> {
  const { rows } =
    await sql<CommentRow>`with ${root} select c.id, c.parent_id, c.root_id, c.author_id, a.handle, a.name, a.status as author_status, a.picture, c.body, c.html,
      c.created_at, c.edited_at, ${visibleComments(actor, 'c')} as shown, c.hidden_at, c.hidden_reason, c.listed,
      c.thanks, c.useful, c.agree, c.insightful,
      case when c.thanks + c.useful + c.agree + c.insightful > 0 then
        (select json_agg(kind) from reactions where comment_id = c.id and person_id = ${actor.id}) end as mine,
      ${writable(actor, 'entries')} as can_write, ${keepsOrder(actor)} as keeps_order
    from (${which}) c
      join entries on entries.id = c.entry_id join people a on a.id = c.author_id
    order by c.created_at, c.id`.execute(db);
  return rows;
}

/** Only the replies behind a place, in one thread of those read. */
function behind(rootId: string | undefined, from: Place | null | undefined) {
  if (!rootId || !from) return sql``;
  return sql`and (root_id <> ${rootId} or (created_at, id) > (${from.at}::timestamptz, ${from.id}::uuid))`;
}

const placeOf = (row: CommentRow): Place => ({ at: row.created_at.toISOString(), id: row.id });

function weave(rows: CommentRow[], limit: number, actor: Actor, begunLate?: string): Page<ThreadView> {
  const answered = new Set(rows.filter((row) => row.shown).map((row) => row.parent_id));
  const roots = page(
    rows.filter((row) => row.root_id === null),
    limit,
    placeOf,
  );
  const replies = Map.groupBy(
    rows.filter((row) => row.root_id !== null),
    (row) => row.root_id,
  );
  const items = roots.items.map((row) => {
    const { items, next } = page(replies.get(row.id) ?? [], MOST_REPLIES, placeOf);
    const kept = items.filter((reply) => reply.shown || answered.has(reply.id));
    return {
      ...present(row, actor),
      replies: kept.map((reply) => present(reply, actor)),
      begunLate: row.id === begunLate,
      moreReplies: next,
    };
  });
  return { items, next: roots.next };
}

const NOBODY: PersonRef = { id: '', handle: '', name: '', status: 'erased', picture: null };

function present(row: CommentRow, actor: Actor): CommentView {
  const own = row.author_id === actor.id;
  const said = row.listed && row.can_write;
  return {
    id: row.id,
    parentId: row.parent_id,
    author: row.shown
      ? {
          id: row.author_id,
          handle: row.handle,
          name: row.name,
          status: row.author_status,
          picture: row.picture,
        }
      : NOBODY,
    body: row.shown ? row.body : '',
    html: row.shown ? row.html : '',
    createdAt: row.created_at.toISOString(),
    editedAt: row.shown ? (row.edited_at?.toISOString() ?? null) : null,
    state: row.listed ? 'shown' : row.shown ? 'hidden' : 'removed',
    hiddenReason: row.shown && row.hidden_at ? (row.hidden_reason ?? '') : null,
    reactions: row.shown
      ? { thanks: row.thanks, useful: row.useful, agree: row.agree, insightful: row.insightful }
      : { thanks: 0, useful: 0, agree: 0, insightful: 0 },
    mine: row.mine ?? [],
    may: {
      edit: own && row.listed,
      delete: own && row.shown,
      reply: said,
      react: row.listed && !own,
      report: row.listed && !own,
      hide: row.shown && row.keeps_order && (!own || isModerator(actor)),
    },
  };
}
