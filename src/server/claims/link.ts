import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { invalid, notFound } from '../errors.ts';
import { requireAdmin } from '../people/rank.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { moveAuthorship } from './move.ts';

/**
 * Makes an outside author somebody: a person of the network, who is then the author of all he wrote, or another
 * outside author who turns out to be the same.
 */
export async function linkAuthor(
  tx: Tx,
  actor: Actor,
  input: { author: string; person: string },
): Promise<void> {
  requireAdmin(actor);
  // One after the other, whoever is made whom.
  await sql`select pg_advisory_xact_lock(hashtext('authors'))`.execute(tx);
  const author = await personCalled(tx, input.author, ['outside']);
  if (!author) throw notFound();
  const person = await personCalled(tx, handleOf(input.person), ['active', 'deactivated', 'outside']);
  if (!person) throw invalid('person', 'person_unknown');
  if (person.id === author.id) throw invalid('person', 'author_same');
  await join(tx, actor, author, person);
}

/** Answers yes to a claim. */
export async function confirmClaim(tx: Tx, actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  const claim = isId(id)
    ? await tx
        .selectFrom('claims')
        .innerJoin('people as a', 'a.id', 'claims.outside_id')
        .innerJoin('people as p', 'p.id', 'claims.claimant_id')
        .select(['a.handle as author', 'p.handle as person'])
        .where('claims.id', '=', id)
        .where('declined_at', 'is', null)
        .executeTakeFirst()
    : undefined;
  if (!claim) throw notFound();
  await linkAuthor(tx, actor, claim);
}

interface Party {
  id: string;
  name: string;
  status: string;
}

async function personCalled(tx: Tx, handle: string, statuses: ('active' | 'deactivated' | 'outside')[]) {
  return tx
    .selectFrom('people')
    .select(['id', 'name', 'status'])
    .where('handle', '=', handle)
    .where('status', 'in', statuses)
    .forUpdate()
    .executeTakeFirst();
}

function handleOf(typed: string): string {
  return typed.trim().replace(/^@/, '').toLowerCase();
}

async function join(tx: Tx, actor: Actor, author: Party, person: Party): Promise<void> {
  await moveAuthorship(tx, author.id, person.id);
  await recordEvent(tx, {
    name: person.status === 'outside' ? 'author.merged' : 'author.linked',
    actorId: actor.id,
    subjectId: person.id,
    data: { name: author.name, from: author.id },
  });
}
