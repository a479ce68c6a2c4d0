import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { checkReason, conceal, holdForJudging } from './hide.ts';
import { OUTCOMES, settleReports } from './settle.ts';
import { decidable } from './sight.ts';
import { reports, thingOf, type Noun } from './thing.ts';
import { checkWords } from './words.ts';

export interface Resolution {
  outcome: string;
  /** Why the thing is hidden: its author reads it. Needed with `hidden`. */
  reason?: string | null;
  /** A word to those who reported it. */
  answer?: string | null;
}

/**
 * Decides on a report, and with it on every other one of the same thing. Of two people who decide at once, the second
 * hears that it is done.
 */
export async function resolveReport(tx: Tx, actor: Actor, id: string, input: Resolution): Promise<void> {
  const report = await reportForDeciding(tx, actor, id);
  const outcome = OUTCOMES.find((one) => one === input.outcome);
  if (!outcome) throw invalid('outcome', 'report_outcome_missing');
  const answer = checkWords('answer', input.answer);
  const reason = outcome === 'hidden' ? checkReason(input.reason) : '';
  const target = await holdForJudging(tx, actor, thingOf(report.noun, report.thingId));
  const still = await reportForDeciding(tx, actor, id);
  if (still.resolved) throw new Refusal('conflict', 'report_resolved');
  if (outcome === 'hidden') await conceal(tx, actor, target, reason);
  await settleReports(tx, actor, target, { outcome, answer });
}

async function reportForDeciding(tx: Tx, actor: Actor, id: string) {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{ noun: Noun; thingId: string; resolved: boolean }>`
    select it.noun, it.id as "thingId", r.resolved_at is not null as resolved from ${reports(actor)}
    where r.id = ${id} and ${decidable(actor)} and it.standing`.execute(tx);
  if (!rows[0]) throw notFound();
  return rows[0];
}
