import { sql, type RawBuilder } from 'kysely';
import { isGuest, isModerator, type Actor } from '../actor.ts';
import { reachable } from '../communities/sight.ts';
import { personJson } from '../conversation/person.ts';
import type { Page } from '../conversation/present.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, isId, page, pageSize } from '../platform/keyset.ts';
import type { ReportView } from './present.ts';
import { decidable } from './sight.ts';
import { reports, thingJson } from './thing.ts';

/** `mine`: those the actor made. `waiting`, `decided`: those he decides on. */
export const BOXES = ['mine', 'waiting', 'decided'] as const;
export type Box = (typeof BOXES)[number];

interface ReportRow extends Omit<ReportView, 'createdAt' | 'resolvedAt' | 'may'> {
  created_at: Date;
  resolved_at: Date | null;
  decidable: boolean;
  standing: boolean;
}

/** One page of reports, the latest first. */
export async function listReports(
  db: Db,
  actor: Actor,
  where: { box: Box; cursor?: string | null; limit?: number | string | null },
): Promise<Page<ReportView>> {
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const at = where.box === 'decided' ? sql`r.resolved_at` : sql`r.created_at`;
  const older = from ? sql`and (${at}, r.id) < (${from.at}::timestamptz, ${from.id}::uuid)` : sql``;
  const rows = await readRows(
    db,
    actor,
    sql`${inBox(actor, where.box)} ${older}`,
    sql`order by ${at} desc, r.id desc limit ${limit + 1}`,
  );
  const place = (row: ReportRow) =>
    where.box === 'decided' ? (row.resolved_at ?? row.created_at) : row.created_at;
  const cut = page(rows, limit, (row) => ({ at: place(row).toISOString(), id: row.id }));
  return { items: cut.items.map(present), next: cut.next };
}

/** One report: of one's own, or one to decide on. */
export async function readReport(db: Db, actor: Actor, id: string): Promise<ReportView> {
  if (!isId(id)) throw notFound();
  const known = sql`r.id = ${id} and (r.reporter_id = ${actor.id} or (${decidable(actor)} and (r.resolved_at is not null or it.standing)))`;
  const [row] = await readRows(db, actor, known, sql``);
  if (!row) throw notFound();
  return present(row);
}

/** True when a report waits for the actor. A yes or no, never a number that grows. */
export async function hasWaitingReports(db: Db, actor: Actor): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean }>`select exists (select 1 from ${reports(actor)}
    where ${inBox(actor, 'waiting')}) as waiting`.execute(db);
  return rows[0]?.waiting ?? false;
}

/** Whether there is a place where the actor keeps order: his pages then lead there. */
export async function keepsOrderSomewhere(db: Db, actor: Actor): Promise<boolean> {
  if (isGuest(actor)) return false;
  if (isModerator(actor)) return true;
  const animated = await db
    .selectFrom('memberships')
    .select('community_id')
    .where('person_id', '=', actor.id)
    .where('role', '=', 'animator')
    .limit(1)
    .executeTakeFirst();
  return animated !== undefined;
}

function inBox(actor: Actor, box: Box): RawBuilder<boolean> {
  if (box === 'mine') return sql`r.reporter_id = ${actor.id}`;
  if (box === 'waiting') return sql`r.resolved_at is null and it.standing and ${decidable(actor)}`;
  return sql`r.resolved_at is not null and ${decidable(actor)}`;
}

async function readRows(
  db: Db,
  actor: Actor,
  which: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): Promise<ReportRow[]> {
  const judging = decidable(actor);
  const { rows } =
    await sql<ReportRow>`select r.id, it.noun as on, r.reason, r.words, r.created_at, r.resolved_at,
      r.answer, case when r.resolved_at is not null then r.outcome
        when ${reachable(actor, 'it')} and not it.standing then 'gone' else 'waiting' end as state,
      case when it.seen and it.standing then ${thingJson} end as thing,
      case when ${judging} then ${personJson('reporter')} end as reporter,
      case when ${judging} and decider.id is not null then ${personJson('decider')} end as "resolvedBy",
      ${judging} as decidable, it.standing
    from ${reports(actor)} join people author on author.id = it.author_id
      join people reporter on reporter.id = r.reporter_id left join people decider on decider.id = r.resolved_by
    where ${which} ${order}`.execute(db);
  return rows;
}

function present({ created_at, resolved_at, decidable, standing, ...row }: ReportRow): ReportView {
  return {
    ...row,
    createdAt: created_at.toISOString(),
    resolvedAt: resolved_at?.toISOString() ?? null,
    may: { decide: decidable && standing && resolved_at === null },
  };
}
