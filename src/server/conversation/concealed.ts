import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { reachable } from '../communities/sight.ts';
import type { Db } from '../platform/db.ts';
import type { Page } from './present.ts';
import { visibleEntries } from './sight.ts';

/** A comment of one's own that nobody else reads, because somebody who keeps order hid it. */
export interface ConcealedComment {
  id: string;
  /** What it stands under, and its title; null where one reads that no more. */
  entryId: string | null;
  title: string | null;
  excerpt: string;
  reason: string;
  /** When it was hidden. */
  at: string;
}

/** One's own hidden comments, in places one has not left, the latest hidden first. */
export async function concealedCommentsOf(db: Db, actor: Actor): Promise<Page<ConcealedComment>> {
  const { rows } = await sql<Omit<ConcealedComment, 'at'> & { at: Date }>`
    select comments.id, seen.id as "entryId", seen.title, left(comments.body, 300) as excerpt,
      coalesce(comments.hidden_reason, '') as reason, comments.hidden_at as at
    from comments join entries on entries.id = comments.entry_id
      left join lateral (select entries.id, entries.title where ${visibleEntries(actor)}) seen on true
    where comments.author_id = ${actor.id} and comments.hidden_at is not null and comments.deleted_at is null
      and ${reachable(actor, 'entries')}
    order by comments.hidden_at desc, comments.id desc limit 200`.execute(db);
  return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })), next: null };
}
