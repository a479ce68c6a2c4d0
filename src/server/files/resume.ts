import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { notFound } from '../errors.ts';
import { inTransaction, type Db } from '../platform/db.ts';
import { takeIn } from '../platform/files/incoming.ts';
import { fileStorage } from '../platform/files/storage.ts';
import { isId } from '../platform/keyset.ts';
import { partKey } from './keys.ts';
import { readFile } from './read.ts';
import { addFile, cleanName, keepContent, largestFile } from './upload.ts';
import type { FileView } from './present.ts';

interface UploadRow {
  id: string;
  name: string;
  bytes: number;
  received: number;
  parts: string[];
  file_id: string | null;
  created_at: Date;
}

/**
 * The uploads under way of one person, as tus asks for them. Each request's bytes are kept as a part in the common
 * storage, also when the connection breaks in the middle of it: any process can take the next one, or put them together.
 */
export class OwnUploads extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination'];
  readonly #db: Db;
  readonly #actor: Actor;

  constructor(db: Db, actor: Actor) {
    super();
    this.#db = db;
    this.#actor = actor;
  }

  override async create(upload: Upload): Promise<Upload> {
    await this.#db
      .insertInto('uploads')
      .values({
        id: upload.id,
        owner_id: this.#actor.id,
        name: cleanName(upload.metadata?.['filename'] ?? ''),
        bytes: upload.size ?? 0,
      })
      .execute();
    return upload;
  }

  override async getUpload(id: string): Promise<Upload> {
    const row = await ownUpload(this.#db, this.#actor, id);
    if (!row) throw ERRORS.FILE_NOT_FOUND;
    return new Upload({
      id,
      size: row.bytes,
      offset: row.received,
      metadata: { filename: row.name },
      creation_date: row.created_at.toISOString(),
    });
  }

  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    const { path, bytes } = await takeIn(stream, largestFile(), { keepBroken: true });
    const part = randomUUID();
    const key = partKey(id, part);
    try {
      if (bytes === 0) return offset;
      await fileStorage().put(key, path);
      // Of two requests for the same place one is counted; the row says which.
      const { rows } =
        await sql`update uploads set received = received + ${bytes}, parts = parts || ${part}::uuid
        where id = ${id} and owner_id = ${this.#actor.id} and received = ${offset} and received + ${bytes} <= bytes
          and file_id is null returning id`.execute(this.#db);
      if (rows.length > 0) return offset + bytes;
      await fileStorage().remove(key);
      throw ERRORS.INVALID_OFFSET;
    } finally {
      await rm(path, { force: true });
    }
  }

  override async remove(id: string): Promise<void> {
    const row = await ownUpload(this.#db, this.#actor, id);
    if (!row) throw ERRORS.FILE_NOT_FOUND;
    await dropUpload(this.#db, row);
  }
}

/** What has become of one's own upload: the file, once all of it has arrived. */
export async function finishedUpload(db: Db, actor: Actor, id: string): Promise<FileView> {
  const row = await ownUpload(db, actor, id);
  if (!row?.file_id) throw notFound();
  return readFile(db, actor, row.file_id);
}

/** Puts the parts together and keeps the file. What is refused is thrown away, parts and all. */
export async function finishUpload(db: Db, actor: Actor, id: string): Promise<void> {
  const row = await ownUpload(db, actor, id);
  if (!row) throw notFound();
  if (row.file_id) return;
  try {
    const kept = await keepContent(db, { name: row.name, content: joined(row) });
    await inTransaction(db, async (tx) => {
      const { id: fileId } = await addFile(tx, actor, kept);
      await tx.updateTable('uploads').set({ file_id: fileId, parts: [] }).where('id', '=', id).execute();
    });
    await removeParts(row);
  } catch (error) {
    await dropUpload(db, row);
    throw error;
  }
}

async function* joined({ id, parts }: UploadRow): AsyncGenerator<Uint8Array> {
  const storage = fileStorage();
  for (const name of parts) {
    const part = await storage.read(partKey(id, name));
    if (!part) throw notFound();
    yield* part;
  }
}

async function dropUpload(db: Db, row: UploadRow): Promise<void> {
  await db.deleteFrom('uploads').where('id', '=', row.id).execute();
  await removeParts(row);
}

async function removeParts({ id, parts }: UploadRow): Promise<void> {
  for (const name of parts) await fileStorage().remove(partKey(id, name));
}

async function ownUpload(db: Db, actor: Actor, id: string): Promise<UploadRow | null> {
  if (!isId(id)) return null;
  const { rows } =
    await sql<UploadRow>`select id, name, bytes, received, parts, file_id, created_at from uploads
    where id = ${id} and owner_id = ${actor.id}`.execute(db);
  return rows[0] ?? null;
}

/** Throws away what was begun more than a day ago and not ended, and the notes on what was. */
export async function dropOldUploads(db: Db): Promise<void> {
  const { rows } =
    await sql<UploadRow>`select id, name, bytes, received, parts, file_id, created_at from uploads
    where created_at < now() - interval '1 day' order by created_at limit 500`.execute(db);
  for (const row of rows) await removeParts(row);
  await sql`delete from uploads where id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(db);
}
