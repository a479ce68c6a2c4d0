import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { reachable } from '../communities/sight.ts';
import type { Page } from '../conversation/present.ts';
import { purgeComments, REGRETTABLE_SINCE } from '../conversation/regret.ts';
import { notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';

/** Deletes one's own post: gone for everybody at once, for good after 30 days. */
export async function deletePost(tx: Tx, actor: Actor, id: string): Promise<void> {
  await changeOwnPost(tx, actor, id, {
    event: 'post.deleted',
    set: sql`deleted_at = now(), deleted_by = ${actor.id}`,
    only: sql`deleted_at is null`,
  });
}

/** Brings one's own deleted post back, with its comments and reactions; not into a place one has left. */
export async function restorePost(tx: Tx, actor: Actor, id: string): Promise<void> {
  await changeOwnPost(tx, actor, id, {
    event: 'post.restored',
    set: sql`deleted_at = null, deleted_by = null`,
    only: regrettable(actor),
  });
}

type Fragment = RawBuilder<unknown>;

function regrettable(actor: Actor): Fragment {
  return sql`deleted_at > ${REGRETTABLE_SINCE} and deleted_by = ${actor.id}
    and (status = 'draft' or ${reachable(actor, 'entries')})`;
}

async function changeOwnPost(
  tx: Tx,
  actor: Actor,
  id: string,
  { event, set, only }: { event: string; set: Fragment; only: Fragment },
): Promise<void> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{ community_id: string | null }>`update entries set ${set}
    where id = ${id} and kind = 'post' and author_id = ${actor.id} and ${only} returning community_id`.execute(
    tx,
  );
  if (!rows[0]) throw notFound();
  await recordEvent(tx, {
    name: event,
    actorId: actor.id,
    subjectId: id,
    communityId: rows[0].community_id,
  });
}

/** True of one's own deleted post that can still be brought back. */
export async function isRegrettable(db: Db, actor: Actor, id: string): Promise<boolean> {
  if (!isId(id)) return false;
  const { rows } = await sql`select 1 from entries
    where id = ${id} and kind = 'post' and author_id = ${actor.id} and ${regrettable(actor)}`.execute(db);
  return rows.length > 0;
}

export interface OwnPost {
  id: string;
  title: string;
  excerpt: string;
  at: string;
}

/** One's own deleted posts that can still be brought back, latest deletion first. */
export async function deletedPostsOf(db: Db, actor: Actor): Promise<Page<OwnPost>> {
  const { rows } = await sql<Omit<OwnPost, 'at'> & { at: Date }>`
    select id, title, excerpt, deleted_at as at from entries
    where author_id = ${actor.id} and kind = 'post' and ${regrettable(actor)} order by deleted_at desc, id desc limit 200`.execute(
    db,
  );
  return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })), next: null };
}

/** What `removeForGood` leaves of entries that came from elsewhere: nobody's to bring back. */
export const REMAINS = sql<boolean>`(entries.deleted_at is not null and entries.deleted_by is null)`;

/**
 * Removes entries for good. Of what an import or a blog brought the key stays, without a word beside it: the next one
 * would bring it back.
 */
export async function removeForGood(tx: Tx, which: Fragment): Promise<void> {
  await sql`with gone as (delete from entries where ${which} returning author_id, origin_key, created_at, deleted_at)
    insert into entries (author_id, everyone, body, html, origin_key, created_at, deleted_at)
    select author_id, true, '', '', origin_key, created_at, coalesce(deleted_at, now()) from gone
    where origin_key is not null`.execute(tx);
}

/** Removes for good the entries and comments deleted more than 30 days ago. The events that tell of them stay. */
export async function purgeDeleted(tx: Tx): Promise<void> {
  await removeForGood(tx, sql`deleted_at < ${REGRETTABLE_SINCE} and not ${REMAINS}`);
  await purgeComments(tx);
}
