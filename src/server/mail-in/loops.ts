import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { mailDomain } from '../platform/mail.ts';
import type { IncomingMail } from './parse.ts';

const MACHINES = /^(mailer-daemon|postmaster|no-?reply|reply\+[0-9a-v]{56})@/i;

/**
 * Whether no person wrote this: a bounce, an absence message, a list, a mail of our own that came back. They are taken
 * without a word, because whatever is answered to them may be answered in turn.
 */
export function isAutomatic(mail: IncomingMail, returnPath: string): boolean {
  const { header } = mail;
  const submitted = header('auto-submitted')?.split(';')[0]?.trim().toLowerCase();
  return (
    returnPath === '' ||
    (submitted !== undefined && submitted !== 'no') ||
    /^(bulk|junk|list|auto_reply)\b/i.test(header('precedence')?.trim() ?? '') ||
    ['x-auto-response-suppress', 'x-autoreply', 'x-autorespond', 'x-loop'].some(
      (name) => header(name) !== undefined,
    ) ||
    ['list-id', 'list-post', 'list-unsubscribe'].some((name) => header(name) !== undefined) ||
    /^multipart\/report\b/i.test(header('content-type')?.trim() ?? '') ||
    MACHINES.test(mail.from ?? '')
  );
}

/** Whether it is one of the mails that we sent: their Message-ID is the id of a delivery. */
export async function isOurOwn(db: Db, { messageId }: IncomingMail): Promise<boolean> {
  const [id = '', domain] = (messageId ?? '').toLowerCase().split('@');
  if (domain !== mailDomain() || !isId(id)) return false;
  const row = await db.selectFrom('deliveries').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}
