import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { addComment } from '../conversation/comment.ts';
import type { ReplyPlace } from '../conversation/reply-address.ts';
import { Refusal } from '../errors.ts';
import { addFile, keepContent, type KeptFile } from '../files/upload.ts';
import { actorOfPerson } from '../people/actor.ts';
import { countAttempt } from '../people/attempts.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { Declined, type Why } from './declined.ts';
import type { IncomingFile, IncomingMail } from './parse.ts';
import { ownWords } from './strip.ts';

const MOST_IN_AN_HOUR = 60;

/** Makes a mail the comment of the person whose reply address it came to: once, however often it comes. */
export async function landReply(
  db: Db,
  place: ReplyPlace,
  mail: IncomingMail,
  raw: Uint8Array,
): Promise<{ id: string } | 'again'> {
  const actor = await actorOfPerson(db, place.personId);
  if (!actor) throw new Declined('unknown');
  const words = ownWords(mail.body);
  const files = mail.files.filter(({ dress, marks }) => !dress || marks.some((mark) => words.includes(mark)));
  if (!words && files.length === 0) throw new Declined('empty');
  const hash = hashOf(place.personId, mail.messageId, raw);
  if (await wasTaken(db, hash)) return 'again';
  try {
    await countAttempt(db, [{ key: `mail in ${actor.id}`, most: MOST_IN_AN_HOUR, seconds: 3600 }]);
    const kept: { file: IncomingFile; content: KeptFile }[] = [];
    for (const file of files) {
      kept.push({
        file,
        content: await keepContent(db, { name: file.name, content: Readable.from([file.content]) }),
      });
    }
    return await inTransaction(db, (tx) => write(tx, actor, place, { hash, words, kept }));
  } catch (error) {
    throw error instanceof Refusal ? new Declined(whyOf(error)) : error;
  }
}

async function write(
  tx: Tx,
  actor: Actor,
  { entryId, commentId }: ReplyPlace,
  { hash, words, kept }: { hash: string; words: string; kept: { file: IncomingFile; content: KeptFile }[] },
): Promise<{ id: string } | 'again'> {
  const taken = await tx
    .insertInto('mails_taken')
    .values({ hash })
    .onConflict((conflict) => conflict.doNothing())
    .returning('hash')
    .executeTakeFirst();
  if (!taken) return 'again';
  let body = words;
  for (const { file, content } of kept) {
    const { markdown } = await addFile(tx, actor, content);
    const mark = file.marks.find((one) => body.includes(one));
    body = mark ? body.replace(mark, () => markdown) : `${body}\n\n${markdown}`.trim();
  }
  // What he answers may be gone meanwhile: his words stand under the post.
  const { rows } = await sql<{
    id: string;
  }>`select id from comments where id = ${commentId}::uuid and listed`.execute(tx);
  return addComment(tx, actor, { entryId, parentId: rows[0]?.id ?? null, body });
}

async function wasTaken(db: Db, hash: string): Promise<boolean> {
  const row = await db.selectFrom('mails_taken').select('hash').where('hash', '=', hash).executeTakeFirst();
  return row !== undefined;
}

/** Forgets what no server sends again any more. */
export async function purgeMailsTaken(tx: Tx): Promise<void> {
  await sql`delete from mails_taken where taken_at < now() - interval '30 days'`.execute(tx);
}

function hashOf(personId: string, messageId: string | null, raw: Uint8Array): string {
  return createHash('sha256')
    .update(`${personId}\n`)
    .update(messageId ?? raw)
    .digest('hex');
}

function whyOf({ code, reason, fields }: Refusal): Why {
  if (code === 'too_many') return 'often';
  if (code === 'unavailable' || code === 'conflict') return 'later';
  if (reason === 'text_too_long') return 'large';
  if (reason === 'text_empty') return 'empty';
  return fields?.['file'] ? 'files' : 'gone';
}
