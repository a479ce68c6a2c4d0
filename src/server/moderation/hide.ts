import { sql } from 'kysely';
import { isModerator, type Actor } from '../actor.ts';
import { recount } from '../conversation/comment.ts';
import { invalid, Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { settleReports } from './settle.ts';
import { holdTarget, type Target } from './target.ts';
import { TABLE, type Thing } from './thing.ts';
import { checkWords } from './words.ts';

/**
 * Hides a thing where the actor keeps order. Its author and those who keep order still read it, with the reason; for
 * everybody else it is not there. Reports of it that wait are answered by that. What is hidden already stays so.
 */
export async function hideThing(
  tx: Tx,
  actor: Actor,
  input: Thing & { reason: string; answer?: string | null },
): Promise<void> {
  const reason = checkReason(input.reason);
  const answer = checkWords('answer', input.answer);
  const target = await holdForJudging(tx, actor, input);
  if (target.authorId === actor.id && !isModerator(actor)) throw new Refusal('forbidden', 'order_own_words');
  await conceal(tx, actor, target, reason);
  await settleReports(tx, actor, target, { outcome: 'hidden', answer });
}

/** Shows a hidden thing again. Nobody lifts what somebody else hid of his own. */
export async function showThing(tx: Tx, actor: Actor, thing: Thing): Promise<void> {
  const target = await holdForJudging(tx, actor, thing);
  if (!target.hidden) return;
  if (target.authorId === actor.id && target.hiddenBy !== actor.id)
    throw new Refusal('forbidden', 'order_own_words');
  await sql`update ${sql.table(TABLE[target.on])} set hidden_at = null, hidden_by = null, hidden_reason = null
    where id = ${target.id}`.execute(tx);
  await follow(tx, actor, target, 'shown');
}

/** Hides what is held already; nothing where it is hidden. */
export async function conceal(tx: Tx, actor: Actor, target: Target, reason: string): Promise<void> {
  if (target.hidden) return;
  await sql`update ${sql.table(TABLE[target.on])} set hidden_at = now(), hidden_by = ${actor.id}, hidden_reason = ${reason}
    where id = ${target.id}`.execute(tx);
  await follow(tx, actor, target, 'hidden', { reason });
}

/** The reason that its author will read. */
export function checkReason(text: unknown): string {
  const reason = checkWords('reason', text);
  if (!reason) throw invalid('reason', 'order_reason_missing');
  return reason;
}

/** A thing the actor may read, held; refused where he does not keep order. */
export async function holdForJudging(tx: Tx, actor: Actor, thing: Thing): Promise<Target> {
  const target = await holdTarget(tx, actor, thing);
  if (!target.judged) throw new Refusal('forbidden', 'order_keepers_only');
  return target;
}

async function follow(
  tx: Tx,
  actor: Actor,
  target: Target,
  verb: 'hidden' | 'shown',
  data: Record<string, unknown> = {},
): Promise<void> {
  if (target.on === 'comment' && target.entryId) await recount(tx, [target.entryId]);
  await recordEvent(tx, {
    name: `${target.kind}.${verb}`,
    actorId: actor.id,
    subjectId: target.id,
    communityId: target.communityId,
    data: { ...data, ...(target.entryId && { entryId: target.entryId }) },
  });
}
