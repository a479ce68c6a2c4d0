import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { sendMail } from '../platform/mail.ts';
import { say } from '../platform/words.ts';
import { readNetwork } from './setup.ts';

/** Mails a personal invitation to the one it is for. */
export async function sendInvitation(
  db: Db,
  actor: Actor,
  invitation: { email: string; link: string },
): Promise<void> {
  const network = await readNetwork(db);
  const language = network?.language ?? actor.language;
  const words = { name: actor.name, network: network?.name ?? 'Essaim', link: invitation.link };
  await sendMail({
    to: invitation.email,
    subject: say(language, 'invitations.mail.subject', words),
    text: say(language, 'invitations.mail.personal', words),
  });
}
