import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleEntries } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';

/** A version as it stood until `replacedAt`; null: the one that stands now. */
export interface PostVersion {
  title: string;
  body: string;
  writtenAt: string;
  replacedAt: string | null;
}

/** Every version of a post the actor may see, the present one first. */
export async function postHistory(db: Db, actor: Actor, id: string): Promise<PostVersion[]> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{ title: string; body: string; replaced_at: Date | null; published_at: Date }>`
    select title, body, null as replaced_at, coalesce(published_at, created_at) as published_at
      from entries where id = ${id} and kind = 'post' and ${visibleEntries(actor)}
    union all
    (select r.title, r.body, r.replaced_at, coalesce(entries.published_at, entries.created_at)
      from revisions r join entries on entries.id = r.entry_id
      where r.entry_id = ${id} and entries.kind = 'post' and ${visibleEntries(actor)} order by r.replaced_at desc limit 1000)`.execute(
    db,
  );
  if (rows.length === 0) throw notFound();
  return rows.map((row, index) => ({
    title: row.title,
    body: row.body,
    writtenAt: (rows[index + 1]?.replaced_at ?? row.published_at).toISOString(),
    replacedAt: row.replaced_at?.toISOString() ?? null,
  }));
}
