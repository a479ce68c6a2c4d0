import { sql } from 'kysely';
import { isGuest, type Actor } from '../actor.ts';
import { notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';

export const STEPS = ['profile', 'communities', 'read', 'thanks', 'line'] as const;
export type Step = (typeof STEPS)[number];

/** How far a newcomer has come. Nobody else is shown it, in any form. */
export interface Progress {
  /** What is done, in the order of the page. */
  steps: { step: Step; done: boolean }[];
  done: boolean;
  /** He put the reminder aside; the page stays. */
  dismissed: boolean;
}

/** How long somebody is new. */
const DAYS_NEW = 45;

interface Row extends Record<Step, boolean> {
  dismissed: boolean;
}

/** The actor's progress, read from what he did; whoever is no newcomer any more may still look. */
export async function progressOf(db: Db, actor: Actor): Promise<Progress> {
  if (isGuest(actor)) throw notFound();
  const { rows } = await sql<Row>`select
      headline <> '' or cardinality(helps_with) > 0 or cardinality(asks_about) > 0 as profile,
      exists (select 1 from memberships where person_id = people.id)
        or exists (select 1 from join_requests where person_id = people.id) as communities,
      exists (select 1 from reads join entries on entries.id = reads.entry_id and entries.author_id <> people.id
        where reads.person_id = people.id) as read,
      exists (select 1 from reactions where person_id = people.id and kind = 'thanks') as thanks,
      exists (select 1 from entries where author_id = people.id and listed and kind = 'post')
        or exists (select 1 from comments where author_id = people.id and listed) as line,
      exists (select 1 from first_days where person_id = people.id and dismissed_at is not null) as dismissed
    from people where id = ${actor.id}`.execute(db);
  const row = rows[0];
  if (!row) throw notFound();
  const steps = STEPS.map((step) => ({ step, done: row[step] }));
  return { steps, done: steps.every(({ done }) => done), dismissed: row.dismissed };
}

/**
 * What a page reminds of: `card` on the feed, `link` in the menu only, or nothing. Ids carry the time at which they
 * were made: those who are here for long cost no query.
 */
export async function firstDayNews(db: Db, actor: Actor, now = Date.now()): Promise<'card' | 'link' | null> {
  if (isGuest(actor) || madeAt(actor.id) < now - DAYS_NEW * 86_400_000) return null;
  const { rows } = await sql`select 1 from people
    where id = ${actor.id} and created_at > now() - make_interval(days => ${DAYS_NEW})`.execute(db);
  if (rows.length === 0) return null;
  const { done, dismissed } = await progressOf(db, actor);
  return done ? null : dismissed ? 'link' : 'card';
}

function madeAt(uuidv7: string): number {
  return parseInt(uuidv7.replace('-', '').slice(0, 12), 16);
}

/** Puts the reminder on the feed aside, or brings it back. It is nobody else's business: no event. */
export async function dismissFirstDay(tx: Tx, actor: Actor, dismissed = true): Promise<void> {
  if (isGuest(actor)) throw notFound();
  await sql`insert into first_days (person_id, dismissed_at) values (${actor.id}, case when ${dismissed} then now() end)
    on conflict (person_id) do update set dismissed_at = excluded.dismissed_at`.execute(tx);
}
