import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { pageSize } from '../platform/keyset.ts';
import { communityForReading } from './access.ts';
import { afterName, nameBegins, nameKey, pageByName } from './by-name.ts';
import type { PersonCard } from './present.ts';
import { visiblePeople } from './sight.ts';

export interface PersonSearch {
  /** Beginning of a first name, a family name, or any other word of the name. */
  prefix?: string | null;
  /** Beginning of a word of what one helps with or asks about. */
  subject?: string | null;
  /** Slug of a community whose content the actor may read: its members only. */
  community?: string | null;
  cursor?: string | null;
  limit?: string | number | null;
}

/** A person in the directory: what he asks about and helps with is why one looks him up. */
export interface PersonInDirectory extends PersonCard {
  asksAbout: string[];
  helpsWith: string[];
}

/** People with an account whom the actor may know of, by name. */
export async function listPeople(
  db: Db,
  actor: Actor,
  where: PersonSearch = {},
): Promise<{ items: PersonInDirectory[]; next: string | null }> {
  const limit = pageSize(where.limit);
  const members = where.community
    ? sql`exists (select 1 from memberships where person_id = people.id
        and community_id = ${await communityForReading(db, actor, where.community)})`
    : sql`true`;
  const { rows } = await sql<PersonInDirectory & { key: string }>`
    select id, handle, name, status, headline, picture, asks_about as "asksAbout", helps_with as "helpsWith",
      ${nameKey('people')} as key
    from people
    where status = 'active' and ${visiblePeople(actor)} and ${afterName('people', where.cursor)}
      and ${nameBegins('people', where.prefix)} and ${knows(where.subject)} and ${members}
    order by key, id limit ${limit + 1}`.execute(db);
  const { items, next } = pageByName(rows, limit);
  return { items: items.map(({ key: _, ...person }) => person), next };
}

/** True for people with a subject that has a word beginning so. */
function knows(typed: string | null | undefined) {
  const subject = (typed ?? '').toWellFormed().replaceAll('\0', '').trim().slice(0, 90);
  return subject ? sql`folded_subjects(helps_with || asks_about) like name_pattern(${subject})` : sql`true`;
}
