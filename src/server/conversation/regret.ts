import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db, Tx } from '../platform/db.ts';
import type { Page } from './present.ts';
import { listedEntries } from './sight.ts';

/** Whoever deletes something has 30 days to regret it: what was deleted since comes back, what was before goes for good. */
export const REGRETTABLE_SINCE = sql<Date>`(now() - interval '30 days')`;

/** One's own comment that is deleted and can still be brought back. */
export interface DeletedComment {
  id: string;
  entryId: string;
  /** Of the post it stood under. */
  title: string;
  excerpt: string;
  /** When it was deleted. */
  at: string;
}

/** One's own deleted comments that can still be brought back (`restoreComment`), latest deletion first. */
export async function deletedCommentsOf(db: Db, actor: Actor): Promise<Page<DeletedComment>> {
  const { rows } = await sql<Omit<DeletedComment, 'at'> & { at: Date }>`
    select comments.id, entries.id as "entryId", entries.title, left(comments.body, 300) as excerpt,
      comments.deleted_at as at
    from comments join entries on entries.id = comments.entry_id
    where comments.author_id = ${actor.id} and comments.deleted_by = ${actor.id}
      and comments.deleted_at > ${REGRETTABLE_SINCE} and ${listedEntries(actor)}
    order by comments.deleted_at desc, comments.id desc limit 200`.execute(db);
  return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })), next: null };
}

/** Takes what comments said for good, once it is too late to regret it. Their rows stay, for the replies beneath them. */
export async function purgeComments(tx: Tx): Promise<void> {
  await sql`update comments set body = '', html = '' where deleted_at < ${REGRETTABLE_SINCE} and body <> ''`.execute(
    tx,
  );
  await sql`delete from file_uses using comments
    where file_uses.comment_id = comments.id and comments.deleted_at < ${REGRETTABLE_SINCE}`.execute(tx);
  await sql`delete from revisions using comments
    where revisions.comment_id = comments.id and comments.deleted_at < ${REGRETTABLE_SINCE}`.execute(tx);
}
