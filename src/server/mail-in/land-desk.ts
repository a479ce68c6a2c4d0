import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Actor } from '../actor.ts';
import { LONGEST_TEXT } from '../conversation/text.ts';
import { capture } from '../desk/capture.ts';
import type { DeskOwner } from '../desk/mail-address.ts';
import { Refusal } from '../errors.ts';
import { addFile, keepContent, type KeptFile } from '../files/upload.ts';
import { actorOfPerson } from '../people/actor.ts';
import { countAttempt } from '../people/attempts.ts';
import { inTransaction, type Db } from '../platform/db.ts';
import { Declined } from './declined.ts';
import type { IncomingMail } from './parse.ts';

const MOST_IN_AN_HOUR = 120;

/**
 * Puts a mail on the desk whose address it came to, once: a note with its subject, or a clip where an address stands first.
 * What was forwarded is the point of it, so nothing is cut away. What another sent is put aside to be read, and says who.
 */
export async function landOnDesk(
  db: Db,
  owner: DeskOwner,
  mail: IncomingMail,
  raw: Uint8Array,
): Promise<void> {
  const actor = await actorOfPerson(db, owner.personId);
  if (!actor) throw new Declined('unknown');
  try {
    await countAttempt(db, [{ key: `mail to desk ${actor.id}`, most: MOST_IN_AN_HOUR, seconds: 3600 }]);
    const files = await Promise.all(mail.files.filter(({ dress }) => !dress).map((file) => keep(db, file)));
    await keepMail(db, actor, mail, { files, originKey: `mail ${hashOf(mail, raw)}` });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'too_many') throw new Declined('often');
    if (error.code === 'unavailable' || error.code === 'conflict') throw new Declined('later');
    throw new Declined(error.fields?.['file'] ? 'files' : 'empty');
  }
}

function keep(db: Db, { name, content }: IncomingMail['files'][number]): Promise<KeptFile> {
  return keepContent(db, { name, content: Readable.from([content]) });
}

async function keepMail(
  db: Db,
  actor: Actor,
  mail: IncomingMail,
  { files, originKey }: { files: KeptFile[]; originKey: string },
): Promise<void> {
  const own = mail.from !== null && mail.from === (await emailOf(db, actor));
  await inTransaction(db, async (tx) => {
    const links: string[] = [];
    for (const file of files) links.push((await addFile(tx, actor, file)).markdown);
    const words = mail.body.trim().slice(0, LONGEST_TEXT - 20_000);
    const text = [words, ...links, own ? '' : `*${mail.sender}*`].filter(Boolean).join('\n\n');
    await capture(tx, actor, { text, title: mail.subject, via: 'mail', originKey, readLater: !own });
  });
}

async function emailOf(db: Db, actor: Actor): Promise<string | null> {
  const row = await db.selectFrom('people').select('email').where('id', '=', actor.id).executeTakeFirst();
  return row?.email ?? null;
}

function hashOf(mail: IncomingMail, raw: Uint8Array): string {
  return createHash('sha256')
    .update(mail.messageId ?? raw)
    .digest('hex');
}
