import { sql } from 'kysely';
import { nextDigest } from '../notifications/digest-time.ts';
import { lastDayBefore } from '../notifications/paths.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { log } from '../platform/log.ts';
import { newsOf } from './news.ts';

interface Due {
  person_id: string;
  dossier_id: string;
  hour: number;
  weekday: number;
  time_zone: string;
  first: boolean;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Never sooner than after as many days, though its reader has chosen another day meanwhile. */
const FEWEST_DAYS = 6;

/**
 * Tells the followers of dossiers what their week brought, on the day and at the hour of their weekly summary: one event for
 * each of whom something is new. Any number of processes may do it at once: each week of each follower turns once. One that
 * cannot be read is tried again in an hour, and holds up nobody else's.
 * @returns how many were told
 */
export async function turnWeeks(db: Db, now = new Date()): Promise<number> {
  let told = 0;
  for (;;) {
    const turned = await inTransaction(db, (tx) => turnNext(tx, now));
    if (turned === null) return told;
    if (turned) told += 1;
  }
}

/** Turns the week of one who waits for it. Null where nobody does. */
async function turnNext(tx: Tx, now: Date): Promise<boolean | null> {
  const due = await nextDue(tx, now);
  if (!due) return null;
  await sql`savepoint week`.execute(tx);
  try {
    return await turn(tx, due, now);
  } catch (error) {
    log.error('a week does not turn', { dossier: due.dossier_id, person: due.person_id, error });
    await sql`rollback to savepoint week`.execute(tx);
    await setDue(tx, due, new Date(now.getTime() + HOUR));
    return false;
  }
}

/** One who waits for his week, held until the end of the transaction. */
async function nextDue(tx: Tx, now: Date): Promise<Due | undefined> {
  const { rows } = await sql<Due>`select f.person_id, f.dossier_id, coalesce(s.digest_hour, 8) as hour,
      coalesce(s.digest_weekday, 1) as weekday, p.time_zone, f.week_due is null as first
    from dossier_follows f join people p on p.id = f.person_id and p.status = 'active'
      join dossiers d on d.id = f.dossier_id and d.deleted_at is null
      left join notice_settings s on s.person_id = f.person_id
    where f.week_due is null or f.week_due <= ${now}
    order by f.week_due nulls first, f.person_id limit 1 for update of f skip locked`.execute(tx);
  return rows[0];
}

/** Gives whether there was something to tell. */
async function turn(tx: Tx, due: Due, now: Date): Promise<boolean> {
  const { person_id: personId, dossier_id: dossierId, hour, weekday } = due;
  const after = due.first ? now : new Date(now.getTime() + FEWEST_DAYS * DAY);
  const next = nextDigest({ digest: 'week', hour, weekday }, due.time_zone, after);
  await setDue(tx, due, next);
  if (due.first) return false;
  if (!(await newsOf(tx, { personId, dossierId, until: lastDayBefore(now) }))) return false;
  await recordEvent(tx, { name: 'dossier.week', actorId: null, subjectId: dossierId, data: { personId } });
  return true;
}

async function setDue(
  tx: Tx,
  { person_id: personId, dossier_id: dossierId }: Due,
  at: Date | null,
): Promise<void> {
  await sql`update dossier_follows set week_due = ${at}
    where person_id = ${personId} and dossier_id = ${dossierId}`.execute(tx);
}
