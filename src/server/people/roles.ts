import { sql } from 'kysely';
import type { Actor, Role } from '../actor.ts';
import { notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { requireAnotherOwner, waitForOwners } from './owners.ts';
import { requireAdmin, requireRankFor } from './rank.ts';
import { dropSecondFactor } from './second-factor.ts';
import { endAllSessions } from './sessions.ts';
import { endAllKeys } from './tokens.ts';

/**
 * Gives a person a role. Nobody touches somebody above himself, and the network keeps an owner. Whoever becomes a guest
 * animates nothing any more.
 */
export async function changeRole(tx: Tx, actor: Actor, personId: string, role: Role): Promise<void> {
  const person = await personForRuling(tx, actor, personId);
  requireRankFor(actor, role);
  if (person.role === role) return;
  if (person.role === 'owner') await requireAnotherOwner(tx, person.id);
  await tx.updateTable('people').set({ role }).where('id', '=', person.id).execute();
  if (role === 'guest') {
    await sql`update memberships set role = 'member' where person_id = ${person.id} and role = 'animator'`.execute(
      tx,
    );
  }
  await recordEvent(tx, {
    name: 'person.role_changed',
    actorId: actor.id,
    subjectId: person.id,
    data: { from: person.role, to: role },
  });
}

/** Shuts a person out: sessions, tokens and feed key end at once. His words stay. */
export async function deactivatePerson(tx: Tx, actor: Actor, personId: string): Promise<void> {
  const person = await personForRuling(tx, actor, personId);
  if (person.status !== 'active') return;
  if (person.role === 'owner') await requireAnotherOwner(tx, person.id);
  await tx.updateTable('people').set({ status: 'deactivated' }).where('id', '=', person.id).execute();
  await endAllSessions(tx, person.id);
  await endAllKeys(tx, person.id);
  await recordEvent(tx, { name: 'person.deactivated', actorId: actor.id, subjectId: person.id });
}

/** Lets a deactivated person in again. He signs in as before; tokens and feed key he makes anew. */
export async function reactivatePerson(tx: Tx, actor: Actor, personId: string): Promise<void> {
  const person = await personForRuling(tx, actor, personId);
  if (person.status === 'active') return;
  await tx.updateTable('people').set({ status: 'active' }).where('id', '=', person.id).execute();
  await recordEvent(tx, { name: 'person.reactivated', actorId: actor.id, subjectId: person.id });
}

/**
 * Takes the second factor off somebody who lost both his telephone and his backup codes: his password opens again. One's
 * own is turned off in the settings, behind the password.
 */
export async function liftSecondFactor(tx: Tx, actor: Actor, personId: string): Promise<void> {
  const person = await personForRuling(tx, actor, personId);
  if (person.id === actor.id) throw new Refusal('forbidden', 'second_factor_own');
  if (!(await dropSecondFactor(tx, person.id))) return;
  await recordEvent(tx, { name: 'person.second_factor_lifted', actorId: actor.id, subjectId: person.id });
}

/** The person whose place somebody wants to change. Changes of owners wait for each other. */
async function personForRuling(tx: Tx, actor: Actor, personId: string) {
  requireAdmin(actor);
  await waitForOwners(tx);
  const person = isId(personId)
    ? await tx
        .selectFrom('people')
        .select(['id', 'role', 'status'])
        .where('id', '=', personId)
        .where('status', 'in', ['active', 'deactivated'])
        .forUpdate()
        .executeTakeFirst()
    : undefined;
  if (!person) throw notFound();
  requireRankFor(actor, person.role);
  return person;
}
