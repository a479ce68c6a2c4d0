import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { addComment } from '../conversation/comment.ts';
import type { ReplyPlace } from '../conversation/reply-address.ts';
import { Refusal } from '../errors.ts';
import { actorOfPerson } from '../people/actor.ts';
import { countAttempt } from '../people/attempts.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { Declined, whyOf } from './declined.ts';
import type { IncomingMail } from './parse.ts';
import { ownWords } from './strip.ts';
import { filesOf, hashOf, keepFiles, placeFiles, take, wasTaken, type TakenFile } from './taken.ts';

/** How many mails of one person land in an hour. */
export const MOST_IN_AN_HOUR = 60;

/** Makes a mail the comment of the person whose reply address it came to: once, however often it comes. */
export async function landReply(
  db: Db,
  place: ReplyPlace,
  mail: IncomingMail,
  raw: Uint8Array,
): Promise<{ id: string } | 'again'> {
  const actor = await actorOfPerson(db, place.personId);
  if (!actor) throw new Declined('unknown');
  const words = ownWords(mail.text || mail.rich());
  const files = filesOf(mail, words);
  if (!words && files.length === 0) throw new Declined('empty');
  const hash = hashOf(place.personId, mail, raw);
  if (await wasTaken(db, hash)) return 'again';
  try {
    await countAttempt(db, [{ key: `mail in ${actor.id}`, most: MOST_IN_AN_HOUR, seconds: 3600 }]);
    const kept = await keepFiles(db, files);
    return await inTransaction(db, (tx) => write(tx, actor, place, { hash, words, kept }));
  } catch (error) {
    throw error instanceof Refusal ? new Declined(whyOf(error)) : error;
  }
}

async function write(
  tx: Tx,
  actor: Actor,
  { entryId, commentId }: ReplyPlace,
  { hash, words, kept }: { hash: string; words: string; kept: TakenFile[] },
): Promise<{ id: string } | 'again'> {
  if (!(await take(tx, hash))) return 'again';
  const body = await placeFiles(tx, actor, words, kept);
  // What he answers may be gone meanwhile: his words stand under the post.
  const { rows } = await sql<{
    id: string;
  }>`select id from comments where id = ${commentId}::uuid and listed`.execute(tx);
  return addComment(tx, actor, { entryId, parentId: rows[0]?.id ?? null, body });
}
