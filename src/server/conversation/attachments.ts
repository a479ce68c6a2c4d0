import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db, Tx } from '../platform/db.ts';
import type { FileFacts } from '../platform/markdown-files.ts';
import { visibleSharedItems } from './shared-desk.ts';
import { visibleComments, visibleEntries } from './sight.ts';

const NAMED = /\/files\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![\w-])/g;
const MOST_FILES = 200;

/**
 * Files the actor may see: those he brought, and those that stand in an entry, a comment or a shared thing he may see.
 * Whatever is made of a file (a smaller picture, a first page) is seen by the same.
 */
export function visibleFiles(actor: Actor, alias = 'files'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.owner_id = ${actor.id}
    or exists (select 1 from file_uses used join entries on entries.id = used.entry_id
      where used.file_id = ${t}.id and ${visibleEntries(actor)})
    or exists (select 1 from file_uses used join comments on comments.id = used.comment_id
        join entries on entries.id = comments.entry_id
      where used.file_id = ${t}.id and ${visibleComments(actor)} and ${visibleEntries(actor)})
    or exists (select 1 from file_uses used join desk_items on desk_items.id = used.desk_item_id
      where used.file_id = ${t}.id and ${visibleSharedItems(actor)}))`;
}

/** Columns of `FileFacts`, from `files` joined with `blobs`. */
export const FILE_FACTS = sql`files.id, files.name, blobs.type, blobs.bytes, blobs.width, blobs.height, blobs.seconds,
  blobs.pages, blobs.preview_width as "previewWidth", blobs.preview_height as "previewHeight"`;

/** The files that a text names, in its order, of those the actor may see. */
export async function filesNamed(db: Db, actor: Actor, body: string): Promise<FileFacts[]> {
  if (!body.includes('/files/')) return [];
  const ids = [...new Set([...body.matchAll(NAMED)].map((match) => match[1]!))].slice(0, MOST_FILES);
  if (ids.length === 0) return [];
  const { rows } = await sql<FileFacts>`select ${FILE_FACTS} from files join blobs using (sha256)
    where files.id = any(${ids}::uuid[]) and ${visibleFiles(actor)}`.execute(db);
  return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/** What shows files. */
export type Shows = { entryId: string } | { commentId: string } | { deskItemId: string };

/**
 * Says that an entry, a comment or a thing of a desk shows exactly these files. Those it showed before stay with its earlier versions
 * where `past` is `kept`, and are let go where no version is. Does nothing where it was not written.
 */
export async function setFileUses(
  tx: Tx,
  where: Shows,
  files: FileFacts[],
  past: 'none' | 'kept' | 'dropped',
): Promise<void> {
  if (past === 'none' && files.length === 0) return;
  const ids = files.map((file) => file.id);
  const { table, column, id } = placeOf(where);
  const key = sql.ref(column);
  const others = sql`${key} = ${id} and file_id <> all(${ids}::uuid[])`;
  if (past === 'kept') await sql`update file_uses set past = true where ${others} and not past`.execute(tx);
  if (past === 'dropped') {
    await sql`with dropped as (delete from file_uses where ${others} returning file_id)
      update files set released_at = now() from dropped where files.id = dropped.file_id`.execute(tx);
  }
  await sql`insert into file_uses (${key}, file_id) select written.id, files.id
    from ${sql.table(table)} written, files where written.id = ${id} and files.id = any(${ids}::uuid[])
    on conflict (file_id, ${key}) where ${key} is not null do update set past = false`.execute(tx);
}

function placeOf(where: Shows): { table: string; column: string; id: string } {
  if ('entryId' in where) return { table: 'entries', column: 'entry_id', id: where.entryId };
  if ('commentId' in where) return { table: 'comments', column: 'comment_id', id: where.commentId };
  return { table: 'desk_items', column: 'desk_item_id', id: where.deskItemId };
}
