import { sql } from 'kysely';
import type { Tx } from './db.ts';

/** A change, as the event table keeps it: past tense, `noun.verb`. */
export interface NewEvent {
  name: string;
  actorId: string | null;
  subjectId: string;
  communityId?: string | null;
  data?: Record<string, unknown>;
}

/** Writes the one event row of a change, in the change's own transaction. */
export async function recordEvent(tx: Tx, event: NewEvent): Promise<void> {
  await sql`insert into events (name, actor_id, subject_id, community_id, data) values (
    ${event.name}, ${event.actorId}, ${event.subjectId}, ${event.communityId ?? null},
    ${JSON.stringify(event.data ?? {})}::jsonb)`.execute(tx);
}
