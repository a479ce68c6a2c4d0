import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { FILE_FACTS, visibleFiles } from '../conversation/attachments.ts';
import type { FileFacts } from '../platform/markdown-files.ts';
import type { Page } from '../conversation/present.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, isId, page, pageSize } from '../platform/keyset.ts';
import { presentFile, type FileView } from './present.ts';

/** A file the actor may see, with the name of its bytes. */
export async function fileForReading(
  db: Db,
  actor: Actor,
  id: string,
): Promise<FileFacts & { sha256: string }> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<FileFacts & { sha256: string }>`select ${FILE_FACTS}, files.sha256
    from files join blobs using (sha256) where files.id = ${id} and ${visibleFiles(actor)}`.execute(db);
  if (!rows[0]) throw notFound();
  return rows[0];
}

/** One file by its id. What the actor may not see is not found, like what never was. */
export async function readFile(db: Db, actor: Actor, id: string): Promise<FileView> {
  const { sha256: _, ...facts } = await fileForReading(db, actor, id);
  return presentFile(facts);
}

/** The files that the actor brought, newest first. */
export async function ownFiles(
  db: Db,
  actor: Actor,
  where: { cursor?: string | null; limit?: number | string | null } = {},
): Promise<Page<FileView & { at: string }>> {
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const before = from
    ? sql`and (files.created_at, files.id) < (${from.at}::timestamptz, ${from.id}::uuid)`
    : sql``;
  const { rows } = await sql<FileFacts & { at: Date }>`select ${FILE_FACTS}, files.created_at as at
    from files join blobs using (sha256) where files.owner_id = ${actor.id} ${before}
    order by files.created_at desc, files.id desc limit ${limit + 1}`.execute(db);
  const { items, next } = page(rows, limit, (row) => ({ at: row.at.toISOString(), id: row.id }));
  return { items: items.map(({ at, ...facts }) => ({ ...presentFile(facts), at: at.toISOString() })), next };
}
