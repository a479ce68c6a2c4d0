import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { about } from './settle.ts';
import { readTarget, type Target } from './target.ts';
import type { Thing } from './thing.ts';
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
  const { rows } = await sql<{ id: string; changed: boolean }>`
    insert into reports as r (entry_id, comment_id, watch_id, dossier_id, community_id, everyone, reporter_id, reason, words)
    select ${target.entryId}::uuid, ${idOf(target, 'comment')}::uuid, ${idOf(target, 'watch')}::uuid,
      ${idOf(target, 'dossier')}::uuid, place.id, place.open, ${actor.id}, ${reason}, ${words}
    from (select 1) one left join communities place on ${target.on === 'watch'} and place.id = ${target.communityId}
    on conflict ${ONCE[target.on]} do update set reason = excluded.reason, words = excluded.words,
      community_id = excluded.community_id, everyone = excluded.everyone
      where (r.reason, r.words, r.community_id) is distinct from (excluded.reason, excluded.words, excluded.community_id)
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

/** By what a person's open report of a thing is known. */
const ONCE = {
  entry: sql`(entry_id, reporter_id) where comment_id is null and resolved_at is null`,
  comment: sql`(comment_id, reporter_id) where comment_id is not null and resolved_at is null`,
  watch: sql`(watch_id, reporter_id) where watch_id is not null and resolved_at is null`,
  dossier: sql`(dossier_id, reporter_id) where dossier_id is not null and resolved_at is null`,
};

function idOf(target: Target, on: Thing['on']): string | null {
  return target.on === on ? target.id : null;
}

async function openReport(tx: Tx, actor: Actor, target: Target): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from reports
    where ${about(target)} and reporter_id = ${actor.id} and resolved_at is null`.execute(tx);
  return rows[0]!.id;
}
