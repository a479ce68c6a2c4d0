import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';

/** A browser in which a person is signed in. */
export interface SessionView {
  id: string;
  /** Its own words for itself (`User-Agent`). */
  browser: string;
  openedAt: string;
  /** To the day: nobody needs to know more. */
  usedOn: string;
}

/** The browsers in which the actor is signed in, the latest opened first. */
export async function sessionsOf(db: Db, actor: Actor): Promise<SessionView[]> {
  const { rows } = await sql<SessionView>`
    select auth_session.id, coalesce("userAgent", '') as browser,
      to_char(auth_session."createdAt" at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "openedAt",
      to_char(auth_session."updatedAt" at time zone 'utc', 'YYYY-MM-DD') as "usedOn"
    from auth_session join people on people.auth_user_id = auth_session."userId"
    where people.id = ${actor.id} and "expiresAt" > now()
    order by auth_session."createdAt" desc, auth_session.id limit 200`.execute(db);
  return rows;
}

/** Ends one of the actor's sessions. */
export async function endSession(tx: Tx, actor: Actor, id: string): Promise<void> {
  const ended = await deleteSessions(tx, sql`people.id = ${actor.id} and auth_session.id = ${id}`);
  if (!ended) throw notFound();
  await recordEvent(tx, { name: 'session.ended', actorId: actor.id, subjectId: actor.id });
}

/** Ends the actor's sessions except, where it is given, the one he speaks from. */
export async function endOtherSessions(tx: Tx, actor: Actor, keep: string | null): Promise<void> {
  await deleteSessions(tx, sql`people.id = ${actor.id} and auth_session.id is distinct from ${keep}`);
  await recordEvent(tx, { name: 'sessions.ended', actorId: actor.id, subjectId: actor.id });
}

/** Ends every session of a person: his password changed, or he left. The caller records why. */
export async function endAllSessions(tx: Tx, personId: string): Promise<void> {
  await deleteSessions(tx, sql`people.id = ${personId}`);
}

async function deleteSessions(tx: Tx, which: ReturnType<typeof sql>): Promise<bigint> {
  const { numAffectedRows } = await sql`delete from auth_session using people
    where people.auth_user_id = auth_session."userId" and ${which}`.execute(tx);
  return numAffectedRows ?? 0n;
}
