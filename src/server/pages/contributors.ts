import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { personJson } from '../conversation/person.ts';
import { visibleEntries } from '../conversation/sight.ts';
import type { Db } from '../platform/db.ts';
import type { Contributor } from './present.ts';

const MOST = 200;

/**
 * Who wrote a page that the actor may see, in the order in which they came to it. They stay, whatever becomes of their
 * words; somebody who left stays under his pseudonym.
 */
export async function contributorsOf(db: Db, actor: Actor, pageId: string): Promise<Contributor[]> {
  const { rows } = await sql<Pick<Contributor, 'person' | 'versions'> & { first: Date; last: Date }>`
    select ${personJson('p')} as person, min(w.first_at) as first, max(w.last_at) as last, count(*)::int as versions
    from page_writers w join people p on p.id = w.person_id join entries on entries.id = w.page_id
    where w.page_id = ${pageId} and ${visibleEntries(actor)}
    group by p.id order by first, p.id limit ${MOST}`.execute(db);
  return rows.map(({ first, last, ...row }) => ({
    ...row,
    firstAt: first.toISOString(),
    lastAt: last.toISOString(),
  }));
}
