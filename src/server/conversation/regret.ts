import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import type { Page } from './present.ts';
import { listedEntries } from './sight.ts';

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
      and comments.deleted_at > now() - interval '30 days' and ${listedEntries(actor)}
    order by comments.deleted_at desc, comments.id desc limit 200`.execute(db);
  return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })), next: null };
}
