import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { addFile, keepContent, type KeptFile } from '../files/upload.ts';
import type { Db, Tx } from '../platform/db.ts';
import type { IncomingFile, IncomingMail } from './parse.ts';

/** A file of a mail, whose bytes are kept. */
export interface TakenFile {
  file: IncomingFile;
  content: KeptFile;
}

/** What a mail is known again by, where it comes a second time to the same `place`. */
export function hashOf(place: string, { messageId }: IncomingMail, raw: Uint8Array): string {
  return createHash('sha256')
    .update(`${place}\n`)
    .update(messageId ?? raw)
    .digest('hex');
}

/** Whether it came before. */
export async function wasTaken(db: Db, hash: string): Promise<boolean> {
  const row = await db.selectFrom('mails_taken').select('hash').where('hash', '=', hash).executeTakeFirst();
  return row !== undefined;
}

/** Notes that it came. False where it did before, or does at the same moment. */
export async function take(tx: Tx, hash: string): Promise<boolean> {
  const row = await tx
    .insertInto('mails_taken')
    .values({ hash })
    .onConflict((conflict) => conflict.doNothing())
    .returning('hash')
    .executeTakeFirst();
  return row !== undefined;
}

/** Forgets what no server sends again any more. */
export async function purgeMailsTaken(tx: Tx): Promise<void> {
  await sql`delete from mails_taken where taken_at < now() - interval '30 days'`.execute(tx);
}

/** The files that belong to these words: those attached by hand, and those that the words show. */
export function filesOf({ files }: IncomingMail, words: string): IncomingFile[] {
  return files.filter(({ dress, marks }) => !dress || marks.some((mark) => words.includes(mark)));
}

/** Keeps their bytes. */
export async function keepFiles(db: Db, files: IncomingFile[]): Promise<TakenFile[]> {
  const kept: TakenFile[] = [];
  for (const file of files) {
    const content = Readable.from([file.content]);
    kept.push({ file, content: await keepContent(db, { name: file.name, content }) });
  }
  return kept;
}

/** Gives them to the actor, and puts each where the words show it, or below. */
export async function placeFiles(tx: Tx, actor: Actor, words: string, kept: TakenFile[]): Promise<string> {
  let body = words;
  for (const { file, content } of kept) {
    const { markdown } = await addFile(tx, actor, content);
    const mark = file.marks.find((one) => body.includes(one));
    body = mark ? body.replace(mark, () => markdown) : `${body}\n\n${markdown}`.trim();
  }
  return body;
}
