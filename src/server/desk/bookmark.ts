import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleEntries } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { fileItem } from './file.ts';
import { recordDeskChange } from './journal.ts';
import type { Keeping } from './note.ts';
import { ownItems, toldIn } from './sight.ts';
import { watchForFiling } from './watch.ts';

/** Keeps a post that one sees, without a trace for anybody else. Keeping it again changes where it stands. */
export async function keepPost(
  tx: Tx,
  actor: Actor,
  entryId: string,
  keeping: Keeping = {},
): Promise<{ id: string }> {
  if (!isId(entryId)) throw notFound();
  const seen = await sql`select 1 from entries where id = ${entryId} and status = 'published'
    and ${visibleEntries(actor)}`.execute(tx);
  if (seen.rows.length === 0) throw notFound();
  const watch = await watchForFiling(tx, actor, keeping.watch);
  const { rows } = await sql<{ id: string }>`insert into desk_items (owner_id, kind, entry_id, finder_id, via,
      copied_from_id, found_at)
    values (${actor.id}, 'bookmark', ${entryId}, ${keeping.finderId ?? actor.id}, ${keeping.via ?? 'capture'},
      ${keeping.copiedFromId ?? null}, ${keeping.foundAt ?? new Date()})
    on conflict (owner_id, entry_id) where kind = 'bookmark' and deleted_at is null do nothing returning id`.execute(
    tx,
  );
  const id = rows[0]?.id ?? (await bookmarkOf(tx, actor, entryId))!;
  if (rows[0]) await recordDeskChange(tx, actor, { name: 'item.kept', subjectId: id, communityId: null });
  if (watch || keeping.readLater) {
    await fileItem(tx, actor, id, {
      ...(watch && { watch: watch.id, forMe: keeping.forMe }),
      ...(keeping.readLater && { readLater: true }),
    });
  }
  return { id };
}

/** Lets a kept post go. */
export async function letPostGo(tx: Tx, actor: Actor, entryId: string): Promise<void> {
  if (!isId(entryId)) throw notFound();
  const { rows } = await sql<{ id: string; community_id: string | null }>`delete from desk_items
    where entry_id = ${entryId} and kind = 'bookmark' and ${ownItems(actor)}
    returning id, ${toldIn()} as community_id`.execute(tx);
  for (const { id, community_id: communityId } of rows)
    await recordDeskChange(tx, actor, { name: 'item.let_go', subjectId: id, communityId });
}

/** The actor's own bookmark of a post; null where he has not kept it. */
export async function bookmarkOf(db: Db, actor: Actor, entryId: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select id from desk_items
    where entry_id = ${entryId} and kind = 'bookmark' and ${ownItems(actor)}`.execute(db);
  return rows[0]?.id ?? null;
}
