import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { cleanLine } from '../conversation/text.ts';
import { recordDeskChange } from '../desk/journal.ts';
import { watchForFiling } from '../desk/watch.ts';
import { invalid, notFound, Refusal } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { applyRules } from './apply-rules.ts';
import type { Given } from './give.ts';
import { subscriptionForUse } from './subscriptions.ts';
import { looksForSomething } from './words-said.ts';

export const RULE_DOES = ['file', 'keep', 'pass'] as const;
export type RuleDoes = (typeof RULE_DOES)[number];

export interface NewRule {
  words: string;
  /** Put into one's own watch, kept, or passed over as read. */
  does: RuleDoes;
  watch?: string | null | undefined;
  /** A subscription, where it is to hold for one source only. */
  source?: string | null | undefined;
  /** Look through what is there already, too. */
  past?: boolean | undefined;
}

export interface RuleView {
  id: string;
  words: string;
  does: RuleDoes;
  watch: { id: string; name: string } | null;
  source: { id: string; title: string } | null;
}

const MOST_RULES = 200;
/** How far back a new rule looks. */
const LOOKS_BACK = 500;

/** One's own rules, oldest first. */
export async function ownRules(db: Db, actor: Actor): Promise<RuleView[]> {
  const { rows } = await sql<RuleView>`select r.id, r.words, r.does,
      case when w.id is not null then json_build_object('id', w.id, 'name', w.name) end as watch,
      case when s.id is not null then json_build_object('id', s.id,
        'title', coalesce(nullif(s.title, ''), nullif(f.title, ''), s.address)) end as source
    from reading_rules r left join watches w on w.id = r.watch_id
      left join subscriptions s on s.id = r.subscription_id left join sources f on f.id = s.source_id
    where r.person_id = ${actor.id} and (w.id is null or w.deleted_at is null)
    order by r.created_at, r.id limit ${MOST_RULES}`.execute(db);
  return rows;
}

/** Makes a rule: from now on, and where it is wished over what came lately. */
export async function makeRule(
  tx: Tx,
  actor: Actor,
  input: NewRule,
): Promise<{ id: string; applied: number }> {
  const words = cleanLine(input.words, 'words', 200);
  if (!looksForSomething(words)) throw invalid('words', 'rule_without_words');
  if (!RULE_DOES.includes(input.does)) throw invalid('does', 'bad_choice');
  if (input.does === 'file' && !input.watch) throw invalid('watch', 'rule_needs_watch');
  const watch = input.does === 'file' ? await watchForFiling(tx, actor, input.watch) : null;
  const source = input.source ? await subscriptionForUse(tx, actor, input.source) : null;
  const { rows } = await sql<{
    id: string;
  }>`insert into reading_rules (person_id, words, does, watch_id, subscription_id)
    select ${actor.id}, ${words}, ${input.does}, ${watch?.id ?? null}, ${source?.id ?? null}
    where (select count(*) from (select 1 from reading_rules where person_id = ${actor.id} limit ${MOST_RULES}) own)
      < ${MOST_RULES} returning id`.execute(tx);
  const [rule] = rows;
  if (!rule) throw new Refusal('conflict', 'too_many_rules');
  await recordDeskChange(tx, actor, { name: 'rule.made', subjectId: rule.id, communityId: null });
  return { id: rule.id, applied: input.past ? await applyBack(tx, actor, rule.id, source?.id ?? null) : 0 };
}

/** Lets a rule go: what it did stays. */
export async function dropRule(tx: Tx, actor: Actor, id: string): Promise<void> {
  if (!isId(id)) throw notFound();
  const gone = await sql`delete from reading_rules where id = ${id} and person_id = ${actor.id}`.execute(tx);
  if (!gone.numAffectedRows) throw notFound();
  await recordDeskChange(tx, actor, { name: 'rule.dropped', subjectId: id, communityId: null });
}

async function applyBack(
  tx: Tx,
  actor: Actor,
  ruleId: string,
  subscriptionId: string | null,
): Promise<number> {
  const { rows } = await sql<Given>`select id, person_id, subscription_id, item_id from readings
    where person_id = ${actor.id} ${subscriptionId ? sql`and subscription_id = ${subscriptionId}` : sql``}
    order by at desc, id desc limit ${LOOKS_BACK}`.execute(tx);
  return applyRules(tx, rows, ruleId);
}
