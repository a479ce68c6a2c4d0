export type Role = 'owner' | 'admin' | 'moderator' | 'member' | 'guest';
export type Scope = 'read' | 'write' | 'admin';

/** Who acts. Every capability function takes one; there is no ambient user. */
export interface Actor {
  id: string;
  handle: string;
  name: string;
  role: Role;
  language: 'fr' | 'en';
  timeZone: string;
  /** Id of his picture; null or absent where he has none. */
  picture?: string | null;
  /** What the key he came with allows; a browser session allows everything his role does. */
  scopes: readonly Scope[];
  /** When the token he came with ends; absent for one without a term, and for a session. */
  until?: Date;
}

/** What the rule of sight asks of whoever looks, and all that it may ask. */
export type Viewer = Pick<Actor, 'id' | 'role'>;

export function isGuest(actor: Viewer): boolean {
  return actor.role === 'guest';
}

/** Keeps order: moderators, admins, the owner. It gives no sight of what he is not a member of. */
export function isModerator(actor: Actor): boolean {
  return actor.role === 'moderator' || isAdmin(actor);
}

export function isAdmin(actor: Actor): boolean {
  return actor.role === 'admin' || actor.role === 'owner';
}

/** Whoever runs the machine, while the network has no owner in whose name to act. */
export const OPERATOR: Actor = {
  id: '00000000-0000-0000-0000-000000000000',
  handle: '',
  name: '',
  role: 'owner',
  language: 'fr',
  timeZone: 'Europe/Paris',
  scopes: ['read', 'write', 'admin'],
};
