import { sql } from 'kysely';
import { inTransaction, type Db } from '../platform/db.ts';
import { sendMail } from '../platform/mail.ts';
import { say } from '../platform/words.ts';
import { hashOf } from './actor.ts';
import { countAttempt, placeOf } from './attempts.ts';
import { createPasswordLink } from './password-link.ts';
import { readNetwork } from './setup.ts';

const HOUR = 3600;

/**
 * Counts a request for a reset mail. Whoever asks gets the same answer at the same speed: what follows for an address
 * that we know (`sendResetMail`) happens after he has been answered.
 */
export async function askForReset(db: Db, input: { email: string; ip: string }): Promise<void> {
  const email = input.email.trim().toLowerCase();
  await countAttempt(db, [
    { key: `reset ${hashOf(email).slice(0, 32)}`, most: 5, seconds: HOUR },
    { key: `reset ip ${placeOf(input.ip)}`, most: 40, seconds: HOUR },
  ]);
}

/**
 * Mails a link that lets its reader choose a new password, if an active person has this address.
 * @param address where the network is, as people type it
 */
export async function sendResetMail(db: Db, email: string, address: string): Promise<void> {
  const { rows } = await sql<{ id: string; name: string; language: 'fr' | 'en' }>`
    select id, name, language from people where email = ${email.trim().toLowerCase()} and status = 'active'`.execute(
    db,
  );
  const person = rows[0];
  const token = person && (await inTransaction(db, (tx) => createPasswordLink(tx, person.id, 1)));
  if (!token) return;
  const network = (await readNetwork(db))?.name ?? 'Essaim';
  const words = { name: person.name, network, link: `${address}/reset/${token}` };
  await sendMail({
    to: email.trim().toLowerCase(),
    subject: say(person.language, 'account.resetMail.subject', words),
    text: say(person.language, 'account.resetMail.text', words),
  });
}
