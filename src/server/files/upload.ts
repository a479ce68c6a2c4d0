import { rm, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileTypeFromFile } from 'file-type';
import { sql } from 'kysely';
import { env } from '#env';
import type { Actor } from '../actor.ts';
import type { FileFacts } from '../platform/markdown-files.ts';
import { invalid } from '../errors.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { sha256Of, takeIn } from '../platform/files/incoming.ts';
import { fileStorage } from '../platform/files/storage.ts';
import { blobKey, previewKey } from './keys.ts';
import { kindOf, playableType } from '../platform/files/kinds.ts';
import { lookInto } from './look.ts';
import { cleanPicture, previewOf, refuseHeavy } from './pictures.ts';
import { presentFile, type FileView } from './present.ts';

const UNKNOWN = 'application/octet-stream';
const LONGEST_NAME = 120;

/** How many bytes a file may have. */
export function largestFile(): number {
  return env.FILE_LIMIT_MB * 1_000_000;
}

/** A file whose bytes are kept, and which nobody has yet. */
export interface KeptFile extends Omit<FileFacts, 'id'> {
  sha256: string;
}

/** Takes a file in and gives it to the actor: streamed to the disk, looked at, cleaned, kept once. */
export async function receiveFile(
  db: Db,
  actor: Actor,
  input: { name: string; content: AsyncIterable<Uint8Array> },
): Promise<FileView> {
  const kept = await keepContent(db, input);
  return inTransaction(db, (tx) => addFile(tx, actor, kept));
}

/**
 * Keeps the bytes of a file. They are nobody's until `addFile` gives them to somebody, and are swept if that does not
 * come.
 */
export async function keepContent(
  db: Db,
  { name, content }: { name: string; content: AsyncIterable<Uint8Array> },
): Promise<KeptFile> {
  const { path, bytes } = await takeIn(content, largestFile());
  try {
    if (bytes === 0) throw invalid('file', 'file_empty');
    return await keepFile(db, path, cleanName(name));
  } finally {
    await rm(path, { force: true });
  }
}

/** Gives bytes that are kept to the actor, under a name. */
export async function addFile(tx: Tx, actor: Actor, { sha256, ...facts }: KeptFile): Promise<FileView> {
  const { id } = await tx
    .insertInto('files')
    .values({ sha256, owner_id: actor.id, name: facts.name })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, { name: 'file.added', actorId: actor.id, subjectId: id });
  return presentFile({ id, ...facts });
}

async function keepFile(db: Db, path: string, name: string): Promise<KeptFile> {
  const looked = await lookAt(path);
  try {
    const sha256 = await sha256Of(path);
    const { preview, ...facts } = looked;
    const { rows } = await sql<{ bytes: number }>`insert into blobs
        (sha256, bytes, type, width, height, seconds, pages, preview_width, preview_height)
      values (${sha256}, ${(await stat(path)).size}, ${facts.type}, ${facts.width}, ${facts.height},
        ${facts.seconds}, ${facts.pages}, ${facts.previewWidth}, ${facts.previewHeight})
      on conflict (sha256) do update set brought_at = now() returning bytes`.execute(db);
    // The row first: from now on no sweep takes the bytes away.
    const storage = fileStorage();
    if (preview) await storage.put(previewKey(sha256), preview);
    if (!(await storage.has(blobKey(sha256)))) await storage.put(blobKey(sha256), path);
    return { ...facts, sha256, name, bytes: rows[0]!.bytes };
  } finally {
    if (looked.preview) await rm(looked.preview, { force: true });
  }
}

type Looked = Omit<KeptFile, 'sha256' | 'name' | 'bytes'> & { preview?: string };

const NOTHING = {
  width: null,
  height: null,
  seconds: null,
  pages: null,
  previewWidth: null,
  previewHeight: null,
};

/** What a file is, by its content; a picture is also cleaned in its place. */
async function lookAt(path: string): Promise<Looked> {
  const found = await fileTypeFromFile(path).catch(() => undefined);
  const type = playableType(found?.mime ?? UNKNOWN);
  const kind = kindOf(type);
  if (kind === 'image') {
    await refuseHeavy(path);
    const picture = await cleanPicture(path, type);
    return { ...NOTHING, type: picture.type, width: picture.width, height: picture.height };
  }
  if (kind === 'audio' || kind === 'video') {
    const { seconds = null, moving = true } = await lookInto('recording', path);
    // A recording of sound alone often comes in a container for films.
    return { ...NOTHING, type: moving ? type : type.replace(/^video\//, 'audio/'), seconds };
  }
  if (kind === 'pdf') {
    const { pages = null, page } = await lookInto('pdf', path);
    const preview = page && (await previewOf(page).catch(() => undefined));
    if (!preview) return { ...NOTHING, type, pages };
    return {
      ...NOTHING,
      type,
      pages,
      preview: preview.path,
      previewWidth: preview.width,
      previewHeight: preview.height,
    };
  }
  return { ...NOTHING, type };
}

/** The last part of a name, without what no file can be called; folders say nothing of a file. */
export function cleanName(name: string): string {
  const last = basename(name.toWellFormed().replaceAll('\\', '/'));
  // eslint-disable-next-line no-control-regex -- they are what is taken out; the others turn the direction of reading
  const plain = last.replace(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '').trim();
  const text = [...plain];
  const end = /\.[a-z0-9]{1,8}$/i.exec(plain)?.[0] ?? '';
  const short = text.length > LONGEST_NAME ? text.slice(0, LONGEST_NAME - end.length).join('') + end : plain;
  return short.replace(/^\.+$/, '') || 'fichier';
}
