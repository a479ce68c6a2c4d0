import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { EntryView, Page } from '../conversation/present.ts';
import type { Db } from '../platform/db.ts';
import type { OwnPost } from './remove.ts';

/** A draft as its author finds it again. */
export interface Draft extends OwnPost {
  publishAt: string | null;
  heldBack: EntryView['heldBack'];
}

interface DraftRow extends Omit<Draft, 'at' | 'publishAt'> {
  at: Date;
  publish_at: Date | null;
}

/** One's own drafts: those that come out by themselves first, in their order, then the newest. */
export async function draftsOf(db: Db, actor: Actor): Promise<Page<Draft>> {
  const { rows } =
    await sql<DraftRow>`select id, title, excerpt, created_at as at, publish_at, held_back as "heldBack"
    from entries where author_id = ${actor.id} and status = 'draft' and deleted_at is null
    order by publish_at, created_at desc, id desc limit 200`.execute(db);
  return {
    items: rows.map(({ publish_at: publishAt, at, ...row }) => ({
      ...row,
      at: at.toISOString(),
      publishAt: publishAt?.toISOString() ?? null,
    })),
    next: null,
  };
}
