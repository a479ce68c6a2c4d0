import { sql, type RawBuilder } from 'kysely';
import { isAdmin, type Actor, type Role } from '../actor.ts';
import { Refusal } from '../errors.ts';

export const ROLES = ['guest', 'member', 'moderator', 'admin', 'owner'] as const satisfies Role[];

/** Refuses to hand out a role above one's own. */
export function requireRankFor(actor: Actor, role: Role): void {
  if (ROLES.indexOf(role) > ROLES.indexOf(actor.role)) throw new Refusal('forbidden', 'role_above_own');
}

/**
 * True for invitations whose maker could still make them: he is here, and what he invites to is not above him. A link
 * outlives neither the account nor the role that gave it.
 */
export function stillGiven(): RawBuilder<boolean> {
  const rank = (role: string) => sql`array_position(${[...ROLES]}::text[], ${sql.ref(role)})`;
  return sql<boolean>`exists (select 1 from people host where host.id = invitations.created_by
    and host.status = 'active' and host.role not in ('guest', 'member')
    and ${rank('host.role')} >= ${rank('invitations.role')})`;
}

/** Refuses whoever does not run the network. */
export function requireAdmin(actor: Actor): void {
  if (!isAdmin(actor)) throw new Refusal('forbidden', 'admins_only');
}

/** A role as somebody typed it. */
export function checkRole(text: string): Role {
  const role = ROLES.find((one) => one === text);
  if (!role) throw new Refusal('invalid', 'bad_role', { role: 'bad_role' });
  return role;
}
