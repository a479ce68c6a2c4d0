import { sql, type RawBuilder } from 'kysely';
import type { Tx } from './db.ts';

/** A change, as the event table keeps it: past tense, `noun.verb`. */
export interface NewEvent {
  name: string;
  actorId: string | null;
  subjectId: string;
  /** Or the SQL that finds it. */
  communityId?: string | null | RawBuilder<unknown>;
  data?: Record<string, unknown>;
}

/** Writes the one event row of a change, in the change's own transaction. */
export async function recordEvent(tx: Tx, event: NewEvent): Promise<void> {
  await sql`insert into events (name, actor_id, subject_id, community_id, data) values (
    ${event.name}, ${event.actorId}, ${event.subjectId}, ${event.communityId ?? null},
    ${JSON.stringify(event.data ?? {})}::jsonb)`.execute(tx);
}

/** The same as a part of the statement that makes the change: one row for each row of `from`, SQL behind a FROM. */
export function eventFrom(
  event: Omit<NewEvent, 'data'> & { data: RawBuilder<unknown> },
  from: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`insert into events (name, actor_id, subject_id, community_id, data)
    select ${event.name}::text, ${event.actorId}::uuid, ${event.subjectId}::uuid, ${event.communityId ?? null}::uuid, ${event.data}
    from ${from}`;
}
