/** A new address to sign in with: it counts once a link that was mailed to it has been opened. */
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { notFound, Refusal } from '../errors.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { sendMail } from '../platform/mail.ts';
import { say } from '../platform/words.ts';
import { hashOf } from './actor.ts';
import { countAttempt } from './attempts.ts';
import { checkEmail } from './create.ts';
import { endMailedLinks } from './password.ts';

/**
 * Counts the wish for a new address, and gives the address as we keep it. Call `requirePassword` first. The answer is
 * the same whether the address has an account or not; what follows (`sendEmailLink`) happens after it.
 */
export async function askForEmail(db: Db, actor: Actor, typed: string): Promise<string> {
  const email = checkEmail(typed);
  await countAttempt(db, [
    { key: `email ${actor.id}`, most: 5, seconds: 3600 },
    { key: `email ${hashOf(email).slice(0, 32)}`, most: 5, seconds: 3600 },
  ]);
  return email;
}

/**
 * Mails the link to the new address, for a day, and tells the old one. Whoever has an account at the new one already
 * reads that there instead.
 * @param address where the network is, as people type it
 */
export async function sendEmailLink(db: Db, actor: Actor, email: string, address: string): Promise<void> {
  const { rows } = await sql<{ email: string; known: boolean }>`select auth_user.email,
      exists (select 1 from auth_user where email = ${email}) as known
    from auth_user join people on people.auth_user_id = auth_user.id where people.id = ${actor.id}`.execute(
    db,
  );
  const account = rows[0];
  if (!account) return;
  const mail = (to: string, kind: 'confirm' | 'known' | 'asked', link: string) =>
    sendMail({
      to,
      subject: say(actor.language, 'account.emailMail.subject'),
      text: say(actor.language, `account.emailMail.${kind}`, { name: actor.name, link }),
    });
  if (account.known) return mail(email, 'known', `${address}/sign-in`);
  const token = await inTransaction(db, (tx) => createEmailLink(tx, actor, email));
  await mail(email, 'confirm', `${address}/settings/account/${token}`);
  await mail(account.email, 'asked', `${address}/settings/account`);
}

/** Makes the link's secret; an older one of the same person is void. */
async function createEmailLink(tx: Tx, actor: Actor, email: string): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await sql`delete from auth_verification using people where people.id = ${actor.id}
    and identifier like 'email-link:%' and split_part(value, ' ', 1) = people.auth_user_id`.execute(tx);
  await sql`insert into auth_verification (id, identifier, value, "expiresAt")
    select ${randomUUID()}, ${identifierOf(token)}, auth_user_id || ' ' || ${email}, now() + interval '1 day'
    from people where id = ${actor.id}`.execute(tx);
  return token;
}

/** The address that a link of the actor's proves. A used link, one that is over and somebody else's are refused alike. */
export async function readEmailLink(db: Db, actor: Actor, token: string): Promise<string> {
  const { rows } = await sql<{ email: string }>`select split_part(value, ' ', 2) as email
    from auth_verification join people on people.auth_user_id = split_part(value, ' ', 1)
    where people.id = ${actor.id} and identifier = ${identifierOf(token)} and "expiresAt" > now()`.execute(
    db,
  );
  if (!rows[0]) throw notFound();
  return rows[0].email;
}

/** Uses a link: the actor signs in with the new address. Whatever was mailed to the old one opens nothing any more. */
export async function confirmEmail(tx: Tx, actor: Actor, token: string): Promise<void> {
  const email = await readEmailLink(tx, actor, token);
  const { rows } = await sql<{ id: string }>`update auth_user set email = ${email}, "emailVerified" = true,
      "updatedAt" = now() from people
    where people.auth_user_id = auth_user.id and people.id = ${actor.id}
      and not exists (select 1 from auth_user other where other.email = ${email})
    returning auth_user.id`.execute(tx);
  if (!rows[0]) throw new Refusal('conflict', 'email_unusable');
  await tx.updateTable('people').set({ email }).where('id', '=', actor.id).execute();
  await endMailedLinks(tx, rows[0].id);
  await recordEvent(tx, { name: 'person.email_changed', actorId: actor.id, subjectId: actor.id });
}

function identifierOf(token: string): string {
  return `email-link:${hashOf(token)}`;
}
