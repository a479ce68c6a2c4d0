import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import type { Actor, Role } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { gathered } from '../platform/gathered.ts';
import { statement } from '../platform/statement.ts';
import { sessionSecret } from './secret.ts';

/** The cookie of a session. Behind https its name carries `__Secure-` in front, which no plain-http page can set. */
export const SESSION_COOKIE = 'essaim.session_token';
export const SESSION_DAYS = 30;

export interface Session {
  id: string;
  actor: Actor;
  /** True when this reading moved the end of the session: the browser's cookie should move too. */
  extended: boolean;
}

/**
 * The session that a `Cookie` header carries, if it is signed by us, alive, and its person active. One indexed query,
 * and one small update a day.
 */
export async function readSession(db: Db, cookieHeader: string | null): Promise<Session | null> {
  const signed = cookieOf(cookieHeader);
  if (!signed) return null;
  const token = unsigned(signed, await sessionSecret(db));
  if (!token) return null;
  const row = await sessionOf(db, token);
  if (!row) return null;
  const { sessionId, aged, token: _, ...person } = row;
  if (aged) await extendSession(db, sessionId);
  return { id: sessionId, actor: { ...person, scopes: ['read', 'write', 'admin'] }, extended: aged };
}

const sessionOf = gathered(async (db, tokens: string[]) => {
  const rows = await sessionsOf(db, { tokens });
  return new Map(rows.map((row) => [row.token, row]));
});

const sessionsOf = statement(
  ['tokens'],
  ({ tokens }) => sql<SessionRow>`
    select auth_session.id as "sessionId", auth_session.token, auth_session."updatedAt" < now() - interval '1 day' as aged,
      people.id, people.handle, people.name, people.role, people.language, people.time_zone as "timeZone",
      people.picture
    from auth_session join people on people.auth_user_id = auth_session."userId"
    where auth_session.token = any(${tokens}::text[]) and auth_session."expiresAt" > now() and people.status = 'active'`,
);

interface SessionRow {
  token: string;
  sessionId: string;
  aged: boolean;
  id: string;
  handle: string;
  name: string;
  role: Role;
  language: 'fr' | 'en';
  timeZone: string;
  picture: string | null;
}

async function extendSession(db: Db, id: string): Promise<void> {
  await sql`update auth_session set "updatedAt" = now(), "expiresAt" = now() + make_interval(days => ${SESSION_DAYS})
    where id = ${id} and "updatedAt" < now() - interval '1 day'`.execute(db);
}

/** The raw value of the session cookie, `token.signature`. */
export function cookieOf(header: string | null): string | null {
  const match =
    /(?:^|;\s*)__Secure-essaim\.session_token=([^;]+)/.exec(header ?? '') ??
    /(?:^|;\s*)essaim\.session_token=([^;]+)/.exec(header ?? '');
  try {
    return match?.[1] ? decodeURIComponent(match[1].trim()) : null;
  } catch {
    return null;
  }
}

function unsigned(value: string, secret: string): string | null {
  const dot = value.lastIndexOf('.');
  if (dot < 1) return null;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1), 'base64');
  const right = createHmac('sha256', secret).update(token).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? token : null;
}
