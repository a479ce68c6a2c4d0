import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { inTransaction, type Db } from '../platform/db.ts';
import { sendMail } from '../platform/mail.ts';
import { say } from '../platform/words.ts';
import { checkAllowed, readInvitation, type OpenInvitation } from './accept.ts';
import { hashOf } from './actor.ts';
import { countAttempt, placeOf } from './attempts.ts';
import { checkEmail } from './create.ts';

const HOUR = 3600;

/**
 * Counts a request, behind a reusable link, for a mail that proves an address. The answer is the same whether the
 * address has an account or not; what follows (`sendConfirmation`) happens after it.
 */
export async function askForConfirmation(db: Db, input: { token: string; email: string; ip: string }) {
  const invitation = await readInvitation(db, input.token);
  const email = checkEmail(input.email);
  checkAllowed(email, invitation.allowedDomains);
  await countAttempt(db, [
    { key: `confirm ${hashOf(email).slice(0, 32)}`, most: 5, seconds: HOUR },
    { key: `confirm ip ${placeOf(input.ip)}`, most: 100, seconds: HOUR },
  ]);
  return { invitation, email };
}

/** Mails a personal link with what the reusable one gives; to whoever has an account already, the way to sign in. */
export async function sendConfirmation(
  db: Db,
  asked: { invitation: OpenInvitation; email: string; language: 'fr' | 'en' },
  address: string,
): Promise<void> {
  const { invitation, email, language } = asked;
  const known = await db
    .selectFrom('people')
    .select('language')
    .where('email', '=', email)
    .where('status', 'in', ['active', 'deactivated'])
    .executeTakeFirst();
  const token = known ? null : await personalLink(db, invitation, email);
  if (!known && !token) return;
  const link = token ? `${address}/invitations/${token}` : `${address}/sign-in`;
  const words = { link, network: invitation.network };
  const spoken = known?.language ?? language;
  await sendMail({
    to: email,
    subject: say(spoken, 'invitations.mail.subject', words),
    text: known
      ? say(spoken, 'invitations.mail.known', words)
      : say(spoken, 'invitations.mail.confirm', words),
  });
}

/** A personal invitation, for a day, that opens what the reusable one opens; null where that one has just been closed. */
async function personalLink(db: Db, invitation: OpenInvitation, email: string): Promise<string | null> {
  const token = randomBytes(24).toString('base64url');
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into invitations (token_hash, mailed_through, created_by, email, role, expires_at)
      select ${hashOf(token)}, id, created_by, ${email}, role, now() + interval '1 day'
      from invitations where id = ${invitation.id} and revoked_at is null for share returning id`.execute(tx);
    if (!rows[0]) return null;
    await sql`insert into invitation_communities (invitation_id, community_id)
      select ${rows[0].id}, community_id from invitation_communities
      where invitation_id = ${invitation.id}`.execute(tx);
    return token;
  });
}
