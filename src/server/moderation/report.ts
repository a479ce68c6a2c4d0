import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { readTarget, type Thing } from './target.ts';
import { checkWords } from './words.ts';

export const REASONS = ['confidential', 'disrespect', 'privacy', 'misleading', 'misplaced', 'other'] as const;
export type ReportReason = (typeof REASONS)[number];

export interface NewReport extends Thing {
  reason: string;
  /** In one's own words; needed where no reason of the list fits. */
  words?: string | null;
}

/**
 * Tells those who keep order of something one may read. Said again while the first report waits, it replaces what was
 * said before: a person has one open report of a thing.
 */
export async function reportThing(tx: Tx, actor: Actor, input: NewReport): Promise<{ id: string }> {
  const target = await readTarget(tx, actor, input);
  if (target.hidden) throw notFound();
  if (target.authorId === actor.id) throw new Refusal('forbidden', 'report_own_words');
  const reason = REASONS.find((one) => one === input.reason);
  if (!reason) throw invalid('reason', 'report_reason_missing');
  const words = checkWords('words', input.words);
  if (reason === 'other' && !words) throw invalid('words', 'report_words_missing');
  const once =
    target.on === 'entry'
      ? sql`(entry_id, reporter_id) where comment_id is null and resolved_at is null`
      : sql`(comment_id, reporter_id) where comment_id is not null and resolved_at is null`;
  const { rows } = await sql<{ id: string; changed: boolean }>`
    insert into reports as r (entry_id, comment_id, reporter_id, reason, words)
    values (${target.entryId}, ${target.on === 'comment' ? target.id : null}, ${actor.id}, ${reason}, ${words})
    on conflict ${once} do update set reason = excluded.reason, words = excluded.words
      where (r.reason, r.words) is distinct from (excluded.reason, excluded.words)
    returning id, xmax <> 0 as changed`.execute(tx);
  const report = rows[0];
  if (!report) return { id: await openReport(tx, actor, target) };
  await recordEvent(tx, {
    name: report.changed ? 'report.changed' : 'report.made',
    actorId: actor.id,
    subjectId: report.id,
    communityId: target.communityId,
    data: { on: target.on, thingId: target.id, reason },
  });
  return { id: report.id };
}

async function openReport(tx: Tx, actor: Actor, { on, id }: Thing): Promise<string> {
  const row = await tx
    .selectFrom('reports')
    .select('id')
    .where(on === 'entry' ? 'entry_id' : 'comment_id', '=', id)
    .where('comment_id', on === 'entry' ? 'is' : 'is not', null)
    .where('reporter_id', '=', actor.id)
    .where('resolved_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.id;
}
