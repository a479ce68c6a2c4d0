import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { invalid, notFound } from '../errors.ts';
import { visiblePeople } from '../communities/sight.ts';
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
  await holdAuthors(tx);
  const author = await personCalled(tx, input.author, sql`status = 'outside' and ${visiblePeople(actor)}`);
  if (!author) throw notFound();
  const person = await personCalled(
    tx,
    handleOf(input.person),
    sql`status in ('active', 'deactivated', 'outside') and ${visiblePeople(actor)}`,
  );
  if (!person) throw invalid('person', 'person_unknown');
  if (person.id === author.id) throw invalid('person', 'author_same');
  await join(tx, actor, author, person);
}

/** One after the other, whoever is made whom. */
async function holdAuthors(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('authors'))`.execute(tx);
}

/** Answers yes to a claim. Whoever claimed has told of the author, wherever the words stand. */
export async function confirmClaim(tx: Tx, actor: Actor, id: string): Promise<void> {
  requireAdmin(actor);
  await holdAuthors(tx);
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
  const author = await personCalled(tx, claim.author, sql`status = 'outside'`);
  const person = await personCalled(tx, claim.person, sql`status in ('active', 'deactivated')`);
  if (!author || !person) throw notFound();
  await join(tx, actor, author, person);
}

interface Party {
  id: string;
  name: string;
  status: string;
}

async function personCalled(tx: Tx, handle: string, such: RawBuilder<unknown>): Promise<Party | undefined> {
  const { rows } = await sql<Party>`select id, name, status from people
    where handle = ${handle} and ${such} for update`.execute(tx);
  return rows[0];
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
