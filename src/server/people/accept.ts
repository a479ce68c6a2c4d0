import { sql } from 'kysely';
import type { Role } from '../actor.ts';
import { invalid, notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { mailLeaves } from '../platform/mail.ts';
import { hashOf } from './actor.ts';
import { checkEmail, createPerson } from './create.ts';
import { stillGiven } from './rank.ts';

/** What the page behind an invitation link may say. */
export interface OpenInvitation {
  id: string;
  network: string;
  invitedBy: string | null;
  role: Role;
  /** The one address it is for; null for a reusable link. */
  email: string | null;
  allowedDomains: string[];
}

/** Reads the invitation behind a link. Used, over, closed and never made are refused alike. */
export async function readInvitation(db: Db, token: string): Promise<OpenInvitation> {
  const { rows } = await sql<OpenInvitation>`
    select invitations.id, coalesce(network.name, 'Essaim') as network, people.name as "invitedBy", invitations.role,
      invitations.email, allowed_domains as "allowedDomains"
    from invitations left join network on true left join people on people.id = created_by
    where ${opens(token)}`.execute(db);
  if (!rows[0]) throw notFound();
  return rows[0];
}

export interface Newcomer {
  token: string;
  name: string;
  /** Only counts for a reusable link; a personal one knows its address. */
  email?: string;
  password: string;
  language?: 'fr' | 'en';
  timeZone?: string;
}

/**
 * Lets somebody in by a link: once for a personal one, whatever is submitted at the same moment; by a reusable one only
 * where no mail could prove his address. The communities that the link opens are joined by `enterByInvitation`, one
 * floor up.
 */
export async function acceptInvitation(
  tx: Tx,
  input: Newcomer,
): Promise<{ personId: string; handle: string; invitationId: string; email: string }> {
  const { rows } = await sql<OpenInvitation & { createdBy: string | null; through: string | null }>`
    update invitations set uses = uses + 1 where ${opens(input.token)}
    returning id, role, email, allowed_domains as "allowedDomains", created_by as "createdBy",
      mailed_through as through`.execute(tx);
  const invitation = rows[0];
  if (!invitation) throw notFound();
  // Whoever asked for his own link behind a reusable one came in by both.
  if (invitation.through)
    await sql`update invitations set uses = uses + 1 where id = ${invitation.through}`.execute(tx);
  // Else whoever got hold of the link would be whom he likes: the page sends a personal one to the address first.
  if (!invitation.email && mailLeaves()) throw invalid('email', 'email_unproved');
  const email = invitation.email ?? checkEmail(input.email ?? '');
  checkAllowed(email, invitation.allowedDomains);
  const { name, password, language, timeZone } = input;
  const { id, handle } = await createPerson(tx, {
    ...{ name, email, password, language, timeZone },
    role: invitation.role,
    createdBy: invitation.createdBy,
  });
  await recordEvent(tx, { name: 'invitation.accepted', actorId: id, subjectId: invitation.id });
  return { personId: id, handle, invitationId: invitation.id, email };
}

/** Refuses an address outside the domains of a link. */
export function checkAllowed(email: string, domains: string[]): void {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (domains.length && !domains.includes(domain)) throw invalid('email', 'domain_not_allowed');
}

function opens(token: string) {
  return sql<boolean>`invitations.token_hash = ${hashOf(token)} and invitations.revoked_at is null
    and invitations.expires_at > now() and (invitations.reusable or invitations.uses = 0)
    and ${stillGiven()}`;
}
