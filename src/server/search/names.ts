import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleCommunities, visiblePeople } from '../communities/sight.ts';
import { spelling } from '../conversation/tags.ts';
import type { Db } from '../platform/db.ts';

export interface NameHit {
  kind: 'person' | 'community' | 'tag';
  id: string;
  /** Handle or slug. */
  key: string;
  name: string;
  about: string;
}

/**
 * People, communities and tags whose name holds or resembles what was typed (pg_trgm), the nearest first, people
 * before communities before tags.
 * @param text folded by `fold`
 * @param where.limit of each kind
 */
export async function findNames(
  db: Db,
  actor: Actor,
  text: string,
  where: { kinds: NameHit['kind'][]; skip: number; limit: number },
): Promise<NameHit[]> {
  if (text.length < 2) return [];
  const found = {
    person: sql`select 1 as rank, 'person' as kind, id, handle as key, name, headline as about, search_name as text, ${text} as asked
      from people where (search_name %> ${text} or search_name like ${like(text)})
        and status in ('active', 'deactivated', 'outside') and ${visiblePeople(actor)}`,
    community: sql`select 2, 'community', id, slug, name, left(description, 200), ltrim(name_key), ltrim(folded_name(${text}))
      from communities where (name_key %> ${text} or name_key like name_holding(${text})) and ${visibleCommunities(actor)}`,
    tag: sql`select 3, 'tag', id, slug, label, '', slug, ${text} from tags cross join lateral ${spelling(actor)} seen(label)
      where slug %> ${slugged(text)} or slug like ${like(slugged(text))}`,
  };
  const lists = where.kinds.map(
    (
      kind,
    ) => sql`(select rank, kind, id, key, name, about from (${found[kind]}) hit(rank, kind, id, key, name, about, text, asked)
      order by starts_with(text, asked) desc, word_similarity(asked, text) desc, name, id
      offset ${where.skip} limit ${where.limit})`,
  );
  if (lists.length === 0) return [];
  const { rows } = await sql<NameHit>`select kind, id, key, name, about from
    (${sql.join(lists, sql` union all `)}) hits(rank, kind, id, key, name, about)`.execute(db);
  return rows;
}

function like(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

function slugged(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '-');
}
