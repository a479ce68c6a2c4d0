import type { Actor } from '../actor.ts';
import { LONGEST_TEXT } from '../conversation/text.ts';
import { capture } from '../desk/capture.ts';
import type { DeskOwner } from '../desk/mail-address.ts';
import { Refusal } from '../errors.ts';
import { actorOfPerson } from '../people/actor.ts';
import { countAttempt } from '../people/attempts.ts';
import { inTransaction, type Db } from '../platform/db.ts';
import { Declined } from './declined.ts';
import type { IncomingMail } from './parse.ts';
import { senderOf } from './land-post.ts';
import { titleOf } from './strip.ts';
import { filesOf, hashOf, keepFiles, placeFiles } from './taken.ts';

const MOST_IN_AN_HOUR = 120;
const ROOM_FOR_FILES = 20_000;

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
    await keepMail(db, actor, mail, `mail ${hashOf('desk', mail, raw)}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'too_many') throw new Declined('often');
    if (error.code === 'unavailable' || error.code === 'conflict') throw new Declined('later');
    throw new Declined(error.fields?.['file'] ? 'files' : 'empty');
  }
}

async function keepMail(db: Db, actor: Actor, mail: IncomingMail, originKey: string): Promise<void> {
  const own = (await senderOf(db, mail))?.id === actor.id;
  const words = (mail.text || mail.rich()).trim().slice(0, LONGEST_TEXT - ROOM_FOR_FILES);
  const kept = await keepFiles(db, filesOf(mail, words));
  await inTransaction(db, async (tx) => {
    const body = await placeFiles(tx, actor, words, kept);
    const text = own ? body : `${body}\n\n*${mail.sender}*`.trim();
    await capture(tx, actor, { text, title: titleOf(mail.subject), via: 'mail', originKey, readLater: !own });
  });
}
