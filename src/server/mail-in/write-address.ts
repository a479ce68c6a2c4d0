import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { holdAsMember } from '../communities/standing.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';

/** Gives the actor an address of his own for a community he is in; the one he had ends at once. */
export async function renewWriteAddress(tx: Tx, actor: Actor, slug: string): Promise<void> {
  const { id } = await holdAsMember(tx, actor, slug);
  const token = drawn();
  await sql`insert into write_addresses (person_id, community_id, token) values (${actor.id}, ${id}, ${token})
    on conflict (person_id, community_id) do update set token = excluded.token, created_at = now()`.execute(
    tx,
  );
  await record(tx, actor, id, 'write_address.renewed');
}

/** Ends it, for good: whoever wants one again is given another. */
export async function endWriteAddress(tx: Tx, actor: Actor, slug: string): Promise<void> {
  const { id } = await holdAsMember(tx, actor, slug);
  const { rows } =
    await sql`delete from write_addresses where person_id = ${actor.id} and community_id = ${id}
    returning token`.execute(tx);
  if (rows.length > 0) await record(tx, actor, id, 'write_address.ended');
}

/** A hundred bits, in letters that a server may fold the case of. */
function drawn(): string {
  return [...randomBytes(20)].map((byte) => (byte % 32).toString(32)).join('');
}

function record(tx: Tx, actor: Actor, communityId: string, name: string): Promise<void> {
  return recordEvent(tx, { name, actorId: actor.id, subjectId: communityId, communityId });
}
