import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { pageSize } from '../platform/keyset.ts';
import { communityForReading } from './access.ts';
import { afterName, nameBegins, nameKey, pageByName } from './by-name.ts';
import type { PersonCard } from './present.ts';
import { visiblePeople } from './sight.ts';

export interface Member extends PersonCard {
  standing: 'member' | 'animator';
  joinedAt: string;
}

export interface MemberSearch {
  /** Beginning of a word of the name. */
  prefix?: string | null;
  cursor?: string | null;
  limit?: string | number | null;
}

/** Who is in, by name. For those who may read the community. */
export async function membersOf(
  db: Db,
  actor: Actor,
  slug: string,
  where: MemberSearch = {},
): Promise<{ items: Member[]; next: string | null }> {
  const id = await communityForReading(db, actor, slug);
  const limit = pageSize(where.limit);
  const { rows } = await sql<PersonCard & { key: string; standing: 'member' | 'animator'; joined_at: Date }>`
    select people.id, handle, name, status, headline, picture, ${nameKey('people')} as key, memberships.role as standing,
      joined_at
    from memberships join people on people.id = memberships.person_id
    where community_id = ${id} and ${visiblePeople(actor)} and ${afterName('people', where.cursor)}
      and ${nameBegins('people', where.prefix)}
    order by key, people.id limit ${limit + 1}`.execute(db);
  const { items, next } = pageByName(rows, limit);
  return {
    items: items.map(({ key: _, joined_at, ...member }) => ({
      ...member,
      joinedAt: joined_at.toISOString(),
    })),
    next,
  };
}
