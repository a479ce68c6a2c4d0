import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { reachable } from '../communities/sight.ts';
import type { Page } from '../conversation/present.ts';
import type { Db } from '../platform/db.ts';
import type { OwnPost } from './remove.ts';

/** A post of one's own that nobody else reads, because somebody who keeps order hid it; `at` is when. */
export interface ConcealedPost extends OwnPost {
  reason: string;
}

/** One's own hidden posts, in places one has not left, the latest hidden first. */
export async function concealedPostsOf(db: Db, actor: Actor): Promise<Page<ConcealedPost>> {
  const { rows } = await sql<Omit<ConcealedPost, 'at'> & { at: Date }>`
    select id, title, excerpt, hidden_at as at, coalesce(hidden_reason, '') as reason from entries
    where author_id = ${actor.id} and kind = 'post' and status = 'published' and hidden_at is not null
      and deleted_at is null and ${reachable(actor, 'entries')}
    order by hidden_at desc, id desc limit 200`.execute(db);
  return { items: rows.map((row) => ({ ...row, at: row.at.toISOString() })), next: null };
}
