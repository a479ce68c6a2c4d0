import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import type { Target } from './target.ts';

export const OUTCOMES = ['hidden', 'nothing'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Decision {
  outcome: Outcome;
  /** What the reporters are told. */
  answer: string;
}

/** Closes every report of a thing that waits: what was decided holds for all who spoke of it. One event each. */
export async function settleReports(tx: Tx, actor: Actor, target: Target, decision: Decision): Promise<void> {
  const { rows } = await sql<{ id: string; reporterId: string }>`update reports set resolved_at = now(),
      resolved_by = ${actor.id}, outcome = ${decision.outcome}, answer = ${decision.answer}
    where ${about(target)} and resolved_at is null returning id, reporter_id as "reporterId"`.execute(tx);
  await Promise.all(
    rows.map(({ id, reporterId }) =>
      recordEvent(tx, {
        name: 'report.resolved',
        actorId: actor.id,
        subjectId: id,
        communityId: target.communityId,
        data: {
          personId: reporterId,
          on: target.on,
          thingId: target.id,
          ...(target.entryId && { entryId: target.entryId }),
          authorId: target.authorId,
          outcome: decision.outcome,
        },
      }),
    ),
  );
}

/** True of the reports of a thing: of a watch, those made where it is shared now. */
export function about({
  on,
  id,
  communityId,
}: Pick<Target, 'on' | 'id' | 'communityId'>): RawBuilder<boolean> {
  if (on === 'entry') return sql<boolean>`(entry_id = ${id} and comment_id is null)`;
  if (on === 'watch') return sql<boolean>`(watch_id = ${id} and community_id = ${communityId})`;
  return sql<boolean>`${sql.ref(`${on}_id`)} = ${id}`;
}
