import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { visiblePeople } from '../communities/sight.ts';
import { invalid, notFound } from '../errors.ts';
import { requireAnotherOwner, waitForOwners } from '../people/owners.ts';
import { requireAdmin, requireRankFor } from '../people/rank.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { emptyDesk } from './desk.ts';
import { closeAccount, deleteUnpublished, endBelonging, hideOrigins, sealMarks } from './forget.ts';
import { formerHandlesOf } from './former-handle.ts';
import { renameEverywhere } from './mentions.ts';
import { choosePseudonym, type Pseudonym } from './pseudonym.ts';

export interface Erasure {
  personId: string;
  /** The person's handle, typed by whoever asks: an erasure is for good. */
  confirm: string;
}

/**
 * Erases a person: oneself, or anybody whom an admin may rule, outside authors too. What says who he is goes; what he
 * published stays, under one pseudonym everywhere. Done twice, it changes nothing.
 * @returns the name that stands over his words from now on
 */
export async function erasePerson(tx: Tx, actor: Actor, { personId, confirm }: Erasure): Promise<Pseudonym> {
  const person = await personForErasing(tx, actor, personId);
  if (person.status === 'erased') return { handle: person.handle, name: person.name };
  if (confirm.trim().replace(/^@/, '').toLowerCase() !== person.handle)
    throw invalid('confirm', 'erasure_unconfirmed');
  const pseudonym = await choosePseudonym(tx, person);
  const called = { ...pseudonym, written: pseudonym.name, linked: pseudonym.name };
  const handles = [person.handle, ...(await formerHandlesOf(tx, person.id))];
  await renameEverywhere(tx, {
    people: [person.id],
    called: new Map(handles.map((handle) => [handle, called])),
  });
  await emptyDesk(tx, person.id);
  await deleteUnpublished(tx, person.id);
  await hideOrigins(tx, person.id);
  await endBelonging(tx, person);
  await sealMarks(tx, person);
  await closeAccount(tx, person);
  await sql`update people set handle = ${pseudonym.handle}, name = ${pseudonym.name}, email = null, status = 'erased',
      role = 'member', language = default, time_zone = default, headline = '', bio = '', bio_html = '',
      asks_about = '{}', helps_with = '{}', website = null, read_before = now()
    where id = ${person.id}`.execute(tx);
  await recordEvent(tx, { name: 'person.erased', actorId: actor.id, subjectId: person.id });
  return pseudonym;
}

/** Who would be erased: oneself, or for admins anybody who is not erased yet. */
export async function personToErase(
  db: Db,
  actor: Actor,
  handle: string,
): Promise<{ id: string; handle: string; name: string }> {
  if (handle !== actor.handle) requireAdmin(actor);
  const person = await db
    .selectFrom('people')
    .select(['id', 'handle', 'name'])
    .where('handle', '=', handle)
    .where('status', '<>', 'erased')
    .where(visiblePeople(actor))
    .executeTakeFirst();
  if (!person) throw notFound();
  return person;
}

/** A person as erasing him needs to know him. */
export interface ErasedPerson {
  id: string;
  handle: string;
  name: string;
  email: string | null;
  role: Actor['role'];
  status: 'active' | 'deactivated' | 'erased' | 'outside';
  authUserId: string | null;
}

async function personForErasing(tx: Tx, actor: Actor, personId: string): Promise<ErasedPerson> {
  if (personId !== actor.id) requireAdmin(actor);
  await waitForOwners(tx);
  const person = isId(personId)
    ? await tx
        .selectFrom('people')
        .select(['id', 'handle', 'name', 'email', 'role', 'status', 'auth_user_id as authUserId'])
        .where('id', '=', personId)
        .where(visiblePeople(actor))
        .forUpdate()
        .executeTakeFirst()
    : undefined;
  if (!person) throw notFound();
  if (personId !== actor.id) requireRankFor(actor, person.role);
  if (person.role === 'owner') await requireAnotherOwner(tx, person.id);
  return person;
}
