import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';

/** A change of a desk, past tense, `noun.verb`. */
export interface DeskChange {
  name: string;
  subjectId: string;
  /** Of the community whose members see the change; null where only the owner does. */
  communityId: string | null;
}

/**
 * Writes the one row of a change, in its own transaction. The table of events is read by everybody's signals, figures and
 * logs, so a private change stands in its owner's own table; one that others see is an event like any other. Neither
 * holds a word of the thing itself.
 */
export async function recordDeskChange(tx: Tx, actor: Pick<Actor, 'id'>, change: DeskChange): Promise<void> {
  if (change.communityId) return recordEvent(tx, { ...change, actorId: actor.id });
  await sql`insert into desk_events (owner_id, name, subject_id)
    values (${actor.id}, ${change.name}, ${change.subjectId})`.execute(tx);
}
