import { randomBytes } from 'node:crypto';
import { isAdmin, isModerator, type Actor, type Role } from '../actor.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { hashOf } from './actor.ts';
import { checkEmail } from './create.ts';
import { requireRankFor, stillGiven } from './rank.ts';

export interface NewInvitation {
  /** For one person: his address. Without one the link is reusable. */
  email?: string | null;
  role?: Role;
  /** Who may use a reusable link; everybody where none is given. */
  allowedDomains?: string[];
  /** From 1 to 365. */
  days?: number;
}

/**
 * Makes an invitation link. Its token is told once; only its hash is kept. Who runs the network knows every address: he
 * is told at once that somebody is here already; others must not learn it.
 */
export async function createInvitation(
  tx: Tx,
  actor: Actor,
  input: NewInvitation,
  token = randomBytes(24).toString('base64url'),
): Promise<{ id: string; token: string }> {
  requireInviter(actor);
  const role = input.role ?? 'member';
  requireRankFor(actor, role);
  const email = input.email ? checkEmail(input.email) : null;
  if (email && isAdmin(actor)) await refuseKnown(tx, email);
  const days = input.days ?? 14;
  if (!Number.isInteger(days) || days < 1 || days > 365) throw invalid('days', 'bad_days');
  const { id } = await tx
    .insertInto('invitations')
    .values({
      token_hash: hashOf(token),
      created_by: actor.id,
      email,
      role,
      allowed_domains: email ? [] : (input.allowedDomains ?? []).map(checkDomain),
      reusable: !email,
      expires_at: new Date(Date.now() + days * 86_400_000).toISOString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, { name: 'invitation.created', actorId: actor.id, subjectId: id, data: { role } });
  return { id, token };
}

async function refuseKnown(tx: Tx, email: string): Promise<void> {
  const known = await tx.selectFrom('people').select('id').where('email', '=', email).executeTakeFirst();
  if (known) throw new Refusal('conflict', 'invited_is_here', { email: 'invited_is_here' });
}

function checkDomain(text: string): string {
  const domain = text.trim().toLowerCase().replace(/^@/, '');
  if (!/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(domain) || domain.length > 253) {
    throw invalid('allowedDomains', 'bad_domain');
  }
  return domain;
}

export interface InvitationView {
  id: string;
  email: string | null;
  role: Role;
  allowedDomains: string[];
  reusable: boolean;
  uses: number;
  expiresAt: string;
  createdAt: string;
  createdBy: string | null;
}

/** The invitations that still open: all of them for those who run the network, one's own for a moderator. */
export async function openInvitations(db: Db, actor: Actor): Promise<InvitationView[]> {
  requireInviter(actor);
  const rows = await withinReach(db, actor)
    .leftJoin('people', 'people.id', 'invitations.created_by')
    .select([
      'invitations.id',
      'invitations.email',
      'invitations.role',
      'invitations.allowed_domains as allowedDomains',
      'invitations.reusable',
      'invitations.uses',
      'invitations.expires_at as expiresAt',
      'invitations.created_at as createdAt',
      'people.name as createdBy',
    ])
    .orderBy('invitations.created_at', 'desc')
    .orderBy('invitations.id', 'desc')
    .limit(500)
    .execute();
  return rows.map((row) => ({
    ...row,
    expiresAt: new Date(row.expiresAt).toISOString(),
    createdAt: new Date(row.createdAt).toISOString(),
  }));
}

/** Closes a link, and with a reusable one those mailed to who asked behind it. Whoever came in stays. */
export async function revokeInvitation(tx: Tx, actor: Actor, id: string): Promise<void> {
  requireInviter(actor);
  const invitation = isId(id)
    ? await withinReach(tx, actor)
        .select('invitations.id')
        .where('invitations.id', '=', id)
        .executeTakeFirst()
    : undefined;
  if (!invitation) throw notFound();
  await tx
    .updateTable('invitations')
    .set({ revoked_at: new Date().toISOString() })
    .where((where) => where.or([where('id', '=', id), where('mailed_through', '=', id)]))
    .execute();
  await recordEvent(tx, { name: 'invitation.revoked', actorId: actor.id, subjectId: id });
}

function withinReach(db: Db, actor: Actor) {
  const open = db
    .selectFrom('invitations')
    .where('invitations.revoked_at', 'is', null)
    .where('invitations.expires_at', '>', new Date())
    .where(stillGiven())
    .where((where) =>
      where.or([where('invitations.reusable', '=', true), where('invitations.uses', '=', 0)]),
    );
  return actor.role === 'moderator' ? open.where('invitations.created_by', '=', actor.id) : open;
}

function requireInviter(actor: Actor): void {
  if (!isModerator(actor)) throw new Refusal('forbidden', 'inviters_only');
}
