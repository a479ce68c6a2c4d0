import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Page } from '../conversation/present.ts';
import { cleanLine } from '../conversation/text.ts';
import { invalid, notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { recordDeskChange } from './journal.ts';
import type { SavedSearch } from './present.ts';

const MOST_SEARCHES = 100;
/** What a search may say, by where it looks; anything else in the address is dropped. */
const SAID = {
  desk: ['q', 'kind', 'watch', 'shelf'],
  network: ['q', 'kind', 'community', 'person', 'tag', 'from', 'to', 'order'],
};
const ROOT = { desk: '/desk', network: '/search' };

export interface NewSearch {
  name?: string | null | undefined;
  place: string;
  /** As it stands behind the question mark. */
  query: string;
}

/** Keeps a search under a name; the same one again takes the new name. */
export async function saveSearch(tx: Tx, actor: Actor, input: NewSearch): Promise<{ id: string }> {
  const place = input.place === 'network' ? 'network' : input.place === 'desk' ? 'desk' : null;
  if (!place) throw invalid('place', 'unknown_kind');
  const asked = new URLSearchParams(cleanLine(input.query, 'query', 1000));
  const said = SAID[place].flatMap((name) => {
    const value = asked.get(name)?.trim();
    return value ? [[name, value]] : [];
  });
  if (said.length === 0) throw invalid('query', 'search_empty');
  const query = new URLSearchParams(said).toString();
  const name =
    cleanLine(input.name, 'name', 90) ||
    said
      .map(([, value]) => value)
      .join(' · ')
      .slice(0, 90);
  const { rows } = await sql<{ id: string }>`insert into saved_searches (owner_id, name, place, query)
    select ${actor.id}, ${name}, ${place}, ${query}
    where (select count(*) from saved_searches where owner_id = ${actor.id}) < ${MOST_SEARCHES}
    on conflict (owner_id, place, query) do update set name = excluded.name returning id`.execute(tx);
  if (!rows[0]) throw invalid('name', 'too_many_searches');
  await recordDeskChange(tx, actor, { name: 'search.saved', subjectId: rows[0].id, communityId: null });
  return rows[0];
}

/** The searches one keeps, by name. */
export async function savedSearches(db: Db, actor: Actor): Promise<Page<SavedSearch>> {
  const { rows } = await sql<Omit<SavedSearch, 'url'>>`select id, name, place, query from saved_searches
    where owner_id = ${actor.id} order by lower(name), id limit ${MOST_SEARCHES}`.execute(db);
  return { items: rows.map((row) => ({ ...row, url: `${ROOT[row.place]}?${row.query}` })), next: null };
}

/** Forgets one. */
export async function forgetSearch(tx: Tx, actor: Actor, id: string): Promise<void> {
  const { rows } = isId(id)
    ? await sql`delete from saved_searches where id = ${id} and owner_id = ${actor.id} returning id`.execute(
        tx,
      )
    : { rows: [] };
  if (rows.length === 0) throw notFound();
  await recordDeskChange(tx, actor, { name: 'search.forgotten', subjectId: id, communityId: null });
}
