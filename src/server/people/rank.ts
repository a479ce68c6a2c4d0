import { isAdmin, type Actor, type Role } from '../actor.ts';
import { Refusal } from '../errors.ts';

export const ROLES = ['guest', 'member', 'moderator', 'admin', 'owner'] as const satisfies Role[];

/** Refuses to hand out a role above one's own. */
export function requireRankFor(actor: Actor, role: Role): void {
  if (ROLES.indexOf(role) > ROLES.indexOf(actor.role)) throw new Refusal('forbidden', 'role_above_own');
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
