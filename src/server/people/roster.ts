import { sql } from 'kysely';
import type { Actor, Role } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, page, pageSize } from '../platform/keyset.ts';
import { requireAdmin } from './rank.ts';

/** A person as those who run the network see him. */
export interface RosterLine {
  id: string;
  handle: string;
  name: string;
  email: string | null;
  role: Role;
  status: 'active' | 'deactivated';
  picture: string | null;
  /** A code follows his password. */
  secondFactor: boolean;
  createdAt: string;
}

export interface RosterSearch {
  /** The beginning of a word of the name, or of the address. */
  query?: string | null;
  status?: 'active' | 'deactivated' | null;
  cursor?: string | null;
  limit?: string | number | null;
}

/** Everybody who has an account, the latest to come first. For those who run the network. */
export async function listRoster(
  db: Db,
  actor: Actor,
  where: RosterSearch = {},
): Promise<{ items: RosterLine[]; next: string | null }> {
  requireAdmin(actor);
  const limit = pageSize(where.limit);
  const after = decodeCursor(where.cursor);
  const { rows } = await sql<RosterLine & { created_at: Date }>`
    select id, handle, name, email, role, status, picture, created_at,
      exists (select 1 from auth_user where auth_user.id = auth_user_id and "twoFactorEnabled") as "secondFactor"
    from people
    where ${where.status ? sql`status = ${where.status}` : sql`status in ('active', 'deactivated')`}
      and ${after ? sql`(created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
      and ${matches(where.query)}
    order by created_at desc, id desc limit ${limit + 1}`.execute(db);
  const lines = rows.map(({ created_at, ...line }) => ({ ...line, createdAt: created_at.toISOString() }));
  return page(lines, limit, (line) => ({ at: line.createdAt, id: line.id }));
}

function matches(query: string | null | undefined) {
  const typed = (query ?? '').toWellFormed().replaceAll('\0', '').trim().slice(0, 120);
  if (!typed) return sql<boolean>`true`;
  const address = `${typed.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql<boolean>`(folded_name(name) like name_pattern(${typed}) or email like ${address})`;
}
