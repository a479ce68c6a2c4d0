import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { keepPost } from './bookmark.ts';
import { fileItem } from './file.ts';
import { keepClip } from './keep.ts';
import { writeNote } from './note.ts';
import type { ItemKind } from './present.ts';
import { ownItems, sharedItems, visibleItems } from './sight.ts';

interface Original {
  kind: ItemKind;
  own: boolean;
  title: string;
  body: string;
  url: string | null;
  site: string;
  author: string;
  summary: string;
  publishedAt: Date | null;
  language: string | null;
  entryId: string | null;
  /** Himself, of what he has from somebody else: he passes on no name from another room. */
  finderId: string;
  foundAt: Date;
  read: boolean;
}

/**
 * Keeps a thing that a colleague shared on one's own desk: once, seen by oneself alone, in one's own watch or in none. The
 * page that was read comes along; what he said of a page stays his. Whose it was and who found it is on record.
 */
export async function keepCopy(
  tx: Tx,
  actor: Actor,
  itemId: string,
  { watch }: { watch?: string | null | undefined } = {},
): Promise<{ id: string; known: boolean }> {
  const original = await originalFor(tx, actor, itemId);
  // Two at once are one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`copy ${actor.id} ${itemId}`}, 0))`.execute(tx);
  const known = original.own ? itemId : (await ownCopies(tx, actor, [itemId])).get(itemId);
  if (known) {
    await fileWhereNone(tx, actor, known, watch);
    return { id: known, known: true };
  }
  const id = await keep(tx, actor, itemId, original, watch);
  if (original.kind === 'clip' && original.read) await bringPage(tx, actor, id, itemId);
  await sql`insert into provenance (kind, subject_id, from_kind, from_id, how, person_id, author_id, finder_id, found_at,
      credit, url, community_id, everyone)
    select i.kind, ${id}, i.kind, i.id, 'copied', ${actor.id}, i.owner_id, ${original.finderId}, ${original.foundAt},
      coalesce(nullif(i.author, ''), i.site), i.url, w.community_id, w.everyone
    from desk_items i join watches w on w.id = i.watch_id where i.id = ${itemId}`.execute(tx);
  return { id, known: false };
}

/** Which of these things stand on one's own desk already, and as what: itself, the same page, the same post, a copy. */
export async function ownCopies(
  db: Db,
  actor: Actor,
  itemIds: readonly string[],
): Promise<Map<string, string>> {
  if (itemIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; own: string }>`select i.id, own.id as own
    from desk_items i cross join lateral (
      (select i.id where i.owner_id = ${actor.id})
      union all (select id from desk_items d where d.kind = 'clip' and d.canonical_url = i.canonical_url and i.kind = 'clip'
        and ${ownItems(actor, 'd')})
      union all (select id from desk_items d where d.kind = 'bookmark' and d.entry_id = i.entry_id and ${ownItems(actor, 'd')})
      union all (select id from desk_items d where d.copied_from_id = i.id and ${ownItems(actor, 'd')}) limit 1) own
    where i.id = any(${itemIds}::uuid[]) and ${visibleItems(actor, 'i')}`.execute(db);
  return new Map(rows.map(({ id, own }) => [id, own]));
}

async function originalFor(tx: Tx, actor: Actor, itemId: string): Promise<Original> {
  if (!isId(itemId)) throw notFound();
  const { rows } =
    await sql<Original>`select i.kind, i.owner_id = ${actor.id} as own, i.title, i.body, i.url, i.site,
      i.author, i.summary, i.published_at as "publishedAt", i.language, i.entry_id as "entryId",
      case when i.via = 'copy' then i.owner_id else coalesce(i.finder_id, i.owner_id) end as "finderId",
      case when i.via = 'copy' then i.created_at else i.found_at end as "foundAt", i.page = 'ready' as read
    from desk_items i
    where i.id = ${itemId} and (${ownItems(actor, 'i')} or ${sharedItems(actor, 'i')})`.execute(tx);
  if (!rows[0]) throw notFound();
  return rows[0];
}

async function keep(
  tx: Tx,
  actor: Actor,
  itemId: string,
  { kind, title, body, url, entryId, read, finderId, foundAt, ...page }: Original,
  watch: string | null | undefined,
): Promise<string> {
  const from = { copiedFromId: itemId, finderId, foundAt };
  const keeping = { ...from, watch, forMe: true, via: 'copy' as const };
  if (kind === 'bookmark') return (await keepPost(tx, actor, entryId ?? '', keeping)).id;
  if (kind === 'note') return (await writeNote(tx, actor, { ...keeping, title, body })).id;
  const { site, author, summary, publishedAt, language } = page;
  const about = { url: url ?? '', title, site, author, summary, publishedAt, language };
  return (await keepClip(tx, actor, { ...keeping, ...about, unread: read })).id;
}

/** The page as his reading kept it, with its picture: it may be gone from where it was. */
async function bringPage(tx: Tx, actor: Actor, id: string, from: string): Promise<void> {
  await sql`insert into desk_pages (item_id, html, text, words, fetched_url, fetched_at)
    select ${id}, html, text, words, fetched_url, fetched_at from desk_pages where item_id = ${from}
    on conflict do nothing`.execute(tx);
  await sql`with brought as (insert into files (sha256, owner_id, name)
      select f.sha256, ${actor.id}, f.name from desk_items i join files f on f.id = i.picture_file_id where i.id = ${from}
      returning id),
    used as (insert into file_uses (file_id, desk_item_id) select id, ${id}::uuid from brought)
    update desk_items d set page = 'ready', canonical_url = i.canonical_url, picture_url = i.picture_url,
      picture_file_id = (select id from brought)
    from desk_items i where i.id = ${from} and d.id = ${id}`.execute(tx);
}

async function fileWhereNone(
  tx: Tx,
  actor: Actor,
  id: string,
  watch: string | null | undefined,
): Promise<void> {
  if (!watch) return;
  const { rows } = await sql`select 1 from desk_items where id = ${id}
    and not exists (select 1 from watches w where w.id = watch_id and w.deleted_at is null)`.execute(tx);
  if (rows[0]) await fileItem(tx, actor, id, { watch, forMe: true });
}
