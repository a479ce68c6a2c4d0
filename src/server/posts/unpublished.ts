import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import type { Draft } from './drafts.ts';
import { reworkable } from './rework.ts';

/** What its author wrote and nobody else reads yet: a draft, or what he is changing of a post that is out. */
export interface Unpublished extends Draft {
  /** Of what is being changed; null for a draft. */
  reworkId: string | null;
  /** Where he goes on with it, as a path of this network. */
  url: string;
}

export type UnpublishedRow = Omit<Unpublished, 'at' | 'publishAt' | 'url'> & {
  at: Date;
  publish_at: Date | null;
};

const MOST = 200;

/** All of it, the actor's own: what comes out by itself first, then the latest. */
export async function unpublishedOf(db: Db, actor: Actor): Promise<Unpublished[]> {
  const { rows } = await sql<UnpublishedRow>`select ${unpublishedColumns} from ${unpublished(actor)} u
    order by u.publish_at, u.at desc, u.id desc, u."reworkId" limit ${MOST}`.execute(db);
  return rows.map(presentUnpublished);
}

/** What `unpublished` gives, but for `words`. */
export const unpublishedColumns: RawBuilder<unknown> = sql`u.id, u."reworkId", u.title, u.excerpt, u.at, u.publish_at,
  u."heldBack"`;

/** The rows of it; `words` are its text, as HTML or, of a change, as it was typed. */
export function unpublished(actor: Actor): RawBuilder<unknown> {
  return sql`(select id, null::uuid as "reworkId", title, excerpt, created_at as at, publish_at,
      held_back as "heldBack", html as words
    from entries where author_id = ${actor.id} and status = 'draft' and deleted_at is null
    union all select entries.id, reworks.id, coalesce(nullif(reworks.fields ->> 'title', ''), entries.title),
      entries.excerpt, reworks.saved_at, null, null, coalesce(reworks.fields ->> 'body', '')
    from reworks join entries on entries.id = reworks.entry_id
    where reworks.person_id = ${actor.id} and ${reworkable(actor)})`;
}

export function presentUnpublished({ at, publish_at: publishAt, ...row }: UnpublishedRow): Unpublished {
  return {
    ...row,
    at: at.toISOString(),
    publishAt: publishAt?.toISOString() ?? null,
    url: `/posts/${row.id}/edit${row.reworkId ? `?rework=${row.reworkId}` : ''}`,
  };
}
