import { sql, type RawBuilder } from 'kysely';
import { isModerator, type Actor } from '../actor.ts';
import { writable } from '../communities/access.ts';
import { notFound } from '../errors.ts';
import { PLANNED_ONCE, type Db } from '../platform/db.ts';
import { decodeCursor, isId, page, pageSize, type Place } from '../platform/keyset.ts';
import { BEFORE, placeOfComment } from './place.ts';
import type { CommentView, Page, PersonRef, ReactionKind, ThreadView } from './present.ts';
import { keepsOrder, placedComments, visibleComments, visibleEntries } from './sight.ts';
import { beginning, beginningHtml, isCut, MOST_WEIGHT, weight } from './weight.ts';

/** Replies read under one opening comment at once; the others come page by page. */
const MOST_REPLIES = 500;

export interface ThreadsQuery {
  cursor?: string | null;
  limit?: number | string | null;
  /** A comment that the page must hold, whole: it begins at its thread if the first page does not reach it. */
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
  open: boolean;
  can_write: boolean;
  keeps_order: boolean;
  cut: boolean;
  /** What the page weighs up to here. */
  up_to: number;
}

/**
 * The conversations under an entry the actor may see, oldest first, each with its replies. A removed comment keeps
 * its place, without author or words, only where somebody answered it. A page that would weigh too much ends sooner.
 */
export async function threadsOf(
  db: Db,
  actor: Actor,
  entryId: string,
  where: ThreadsQuery = {},
): Promise<Page<ThreadView>> {
  if (!isId(entryId)) throw notFound();
  const limit = pageSize(where.limit ?? 50);
  const comment = where.comment && isId(where.comment) ? where.comment : null;
  const begin = async (held: { threads: number; replies: number }) => {
    const place = comment ? await placeOfComment(db, actor, entryId, comment, held) : null;
    const from = place ? place.threadsFrom : decodeCursor(where.cursor);
    const repliesFrom = place && (decodeCursor(where.replies) ?? place.repliesFrom);
    const late = repliesFrom && { rootId: place.rootId, from: repliesFrom };
    const read = await readThreads(db, actor, entryId, {
      limit,
      from,
      late,
      whole: where.replies ? null : comment,
    });
    return { read, lost: place && !holds(read, where.replies ? place.rootId : comment) };
  };
  const first = await begin({ threads: limit, replies: MOST_REPLIES });
  if (!first.lost) return first.read;
  // What is said before it weighs so much that the page ended: it begins nearer.
  return (await begin({ threads: 1, replies: BEFORE + 1 })).read;
}

interface ThreadsFrom {
  limit: number;
  from: Place | null;
  /** A thread whose replies are read from there on. */
  late: { rootId: string; from: Place } | null;
  /** The comment that is shown whole, however long. */
  whole: string | null | undefined;
}

async function readThreads(
  db: Db,
  actor: Actor,
  entryId: string,
  { limit, from, late, whole }: ThreadsFrom,
): Promise<Page<ThreadView>> {
  const after = from ? sql`and (c.created_at, c.id) > (${from.at}::timestamptz, ${from.id}::uuid)` : sql``;
  const root = sql`root as (
      select c.id, c.created_at as begun from comments c join entries on entries.id = c.entry_id
      where c.entry_id = ${entryId} and c.root_id is null and ${visibleEntries(actor)} ${after}
        and ${placedComments(actor, 'c')}
      order by c.created_at, c.id limit ${limit + 1})`;
  const rows = await readComments(
    db,
    actor,
    root,
    sql`select c.*, root.begun, root.id as thread from root join comments c on c.id = root.id
        union all
        select reply.*, root.begun, root.id from root cross join lateral (select * from comments c
          where c.root_id = root.id and ${placedComments(actor, 'c')} ${behind(late)}
          order by c.created_at, c.id limit ${MOST_REPLIES + 1}) reply`,
    whole,
  );
  return weave(rows, limit, actor, late?.rootId);
}

function holds({ items }: Page<ThreadView>, comment: string | null | undefined): boolean {
  return items.some((thread) => [thread, ...thread.replies].some(({ id }) => id === comment));
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
    where c.id = ${rootId} and c.root_id is null and ${visibleEntries(actor)} and ${placedComments(actor, 'c')})`;
  const rows = await readComments(
    db,
    actor,
    root,
    sql`select c.*, null::timestamptz as begun, c.root_id as thread
      from comments c join entries on entries.id = c.entry_id
      where c.root_id in (select id from root) and ${visibleComments(actor, 'c')} ${after}
      order by c.created_at, c.id limit ${limit + 1}`,
  );
  if (rows.length === 0) await requireRoot(db, root);
  const cut = page(rows, Math.min(limit, rows.filter(fits).length), placeOf);
  return { items: cut.items.map((row) => present(row, actor)), next: cut.next };
}

async function requireRoot(db: Db, root: RawBuilder<unknown>): Promise<void> {
  const { rows } = await sql`with ${root} select 1 from root`.execute(db);
  if (rows.length === 0) throw notFound();
}

/**
 * The comments that `which` selects, thread by thread in the order written, as the actor sees them: those that fit into
 * a page and, without their words, the next one and what opens the threads behind.
 */
async function readComments(
  db: Db,
  actor: Actor,
  root: RawBuilder<unknown>,
  which: RawBuilder<unknown>,
  whole: string | null = null,
): Promise<CommentRow[]> {
  const said = sql`(c.shown and c.up_to <= ${MOST_WEIGHT})`;
  const order = sql`c.begun, c.thread, c.root_id nulls first, c.created_at, c.id`;
  // Sight is asked once for each comment, before anything is weighed by it.
  const { rows } = await sql<CommentRow>`${PLANNED_ONCE}with ${root}, seen as (
      select c.*, entries.listed as open, ${visibleComments(actor, 'c')} as shown, ${isCut(whole)} as cut,
        ${writable(actor, 'entries')} as can_write, ${keepsOrder(actor)} as keeps_order
      from (${which}) c join entries on entries.id = c.entry_id offset 0),
    weighed as (select c.*, ${weight} as weight,
        sum(${weight}) over (order by ${order} rows unbounded preceding) as up_to from seen c)
    select c.id, c.parent_id, c.root_id, c.author_id, a.handle, a.name, a.status as author_status, a.picture,
      case when not ${said} then '' when c.cut then ${beginning} else c.body end as body,
      case when ${said} and not c.cut then c.html else '' end as html, c.shown and c.cut as cut, c.up_to,
      c.created_at, c.edited_at, c.shown, c.hidden_at, c.hidden_reason, c.listed,
      c.thanks, c.useful, c.agree, c.insightful,
      case when c.thanks + c.useful + c.agree + c.insightful > 0 then
        (select json_agg(kind) from reactions where comment_id = c.id and person_id = ${actor.id}) end as mine,
      c.open, c.can_write, c.keeps_order
    from weighed c join people a on a.id = c.author_id
    where c.up_to - c.weight <= ${MOST_WEIGHT} or c.root_id is null order by ${order}`.execute(db);
  return rows;
}

/** Only the replies behind a place, in one thread of those read. */
function behind(late: ThreadsFrom['late']) {
  if (!late) return sql``;
  const { rootId, from } = late;
  return sql`and (c.root_id <> ${rootId} or (c.created_at, c.id) > (${from.at}::timestamptz, ${from.id}::uuid))`;
}

const fits = (row: CommentRow) => row.up_to <= MOST_WEIGHT;

const placeOf = (row: CommentRow): Place => ({ at: row.created_at.toISOString(), id: row.id });

function weave(rows: CommentRow[], limit: number, actor: Actor, begunLate?: string): Page<ThreadView> {
  const opened = rows.filter((row) => row.root_id === null);
  const replies = Map.groupBy(
    rows.filter((row) => row.root_id !== null),
    (row) => row.root_id,
  );
  // A thread comes with its first reply, or on the next page: there is a place to go on from.
  const whole = opened.filter((row) => fits(row) && fits(replies.get(row.id)?.[0] ?? row));
  const roots = page(opened, Math.min(limit, whole.length), placeOf);
  const items = roots.items.map((row) => {
    const said = replies.get(row.id) ?? [];
    const { items, next } = page(said, Math.min(MOST_REPLIES, said.filter(fits).length), placeOf);
    return {
      ...present(row, actor),
      replies: items.map((reply) => present(reply, actor)),
      begunLate: row.id === begunLate,
      moreReplies: next,
    };
  });
  return { items, next: roots.next };
}

const NOBODY: PersonRef = { id: '', handle: '', name: '', status: 'erased', picture: null };

function present(row: CommentRow, actor: Actor): CommentView {
  const own = row.author_id === actor.id;
  // Under what is hidden or not out, nothing more is said.
  const live = row.listed && row.open;
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
    body: row.body,
    html: row.cut ? beginningHtml(row.body) : row.html,
    cut: row.cut,
    createdAt: row.created_at.toISOString(),
    editedAt: row.shown ? (row.edited_at?.toISOString() ?? null) : null,
    state: row.listed ? 'shown' : row.shown ? 'hidden' : 'removed',
    hiddenReason: row.shown && row.hidden_at ? (row.hidden_reason ?? '') : null,
    reactions: row.shown
      ? { thanks: row.thanks, useful: row.useful, agree: row.agree, insightful: row.insightful }
      : { thanks: 0, useful: 0, agree: 0, insightful: 0 },
    mine: row.mine ?? [],
    may: {
      edit: own && live,
      delete: own && row.shown && row.open,
      reply: live && row.can_write,
      react: live && !own,
      report: live && !own,
      hide: row.shown && row.keeps_order && (!own || isModerator(actor)),
    },
  };
}
