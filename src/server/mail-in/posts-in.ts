import type { Actor } from '../actor.ts';
import { Refusal } from '../errors.ts';
import { mailAddress } from '../people/address.ts';
import { countAttempt } from '../people/attempts.ts';
import type { Db } from '../platform/db.ts';
import { log } from '../platform/log.ts';
import { sendMail } from '../platform/mail.ts';
import { say } from '../platform/words.ts';
import type { PostPlace } from './addresses.ts';
import { Declined, type Why } from './declined.ts';
import { landPost, senderOf } from './land-post.ts';
import type { IncomingMail } from './parse.ts';

const MOST_ANSWERS_IN_AN_HOUR = 3;
/** Of a community that the sender may know of. */
const WITH_ADDRESS = new Set<Why>(['member', 'archived', 'shut']);

/** Makes posts of a mail, where it is for communities. Its sender hears why one did not land; a stranger hears nothing. */
export async function takePosts(
  db: Db,
  places: PostPlace[],
  mail: IncomingMail,
  raw: Uint8Array,
): Promise<void> {
  if (places.length === 0) return;
  if (places.some(({ owner }) => owner && owner.email !== mail.from)) throw new Declined('notYours');
  const sender = await senderOf(db, mail);
  if (!sender) {
    log.info('a mail for a community came from nobody known: not answered', { from: mail.from });
    return;
  }
  for (const place of places) {
    try {
      await landPost(db, sender, place, mail, raw);
    } catch (error) {
      if (!(error instanceof Declined) || error.code < 500) throw error;
      await tellWhyNot(db, sender, place, mail, error);
    }
  }
}

/** To the address that we know him by, without a word of what came: who wrote it may be somebody else. */
async function tellWhyNot(
  db: Db,
  { id, language }: Actor,
  { slug }: PostPlace,
  { from, messageId }: IncomingMail,
  declined: Declined,
): Promise<void> {
  const { why } = declined;
  try {
    await countAttempt(db, [{ key: `mail answer ${id}`, most: MOST_ANSWERS_IN_AN_HOUR, seconds: 3600 }]);
    const place = WITH_ADDRESS.has(why) ? [`${await mailAddress(db)}/communities/${slug}`] : [];
    await sendMail({
      to: from ?? '',
      subject: say(language, 'mailIn.answer.subject'),
      text: `${[say(language, `mailIn.${why}`), ...place, say(language, 'mailIn.answer.kept')].join('\n\n')}\n`,
      ...(messageId && /^[!-;=?-~]{3,200}$/.test(messageId) && { references: [messageId] }),
    });
  } catch (error) {
    if (error instanceof Refusal) return;
    // What we cannot send, his own server tells him.
    log.warn('an answer did not leave', { error: error instanceof Error ? error.message : String(error) });
    throw declined;
  }
}
