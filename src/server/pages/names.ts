import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '../platform/db.ts';

/** Where `[[Name]]` in the text of a page leads: to the page of that name, or to where it can be written. */
export function addressOf(pageId: string): (name: string) => string {
  return (name) => `/pages/${pageId}/to?name=${encodeURIComponent(name)}`;
}

/** A name as names are compared: without accents, case or double blanks. */
export function foldedName(name: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`left(btrim(regexp_replace(folded(${name}), '\\s+', ' ', 'g')), 200)`;
}

/** A page is called so from now on, and by its earlier names as well. Links that waited for the name find it. */
export async function takeName(
  tx: Tx,
  page: { id: string; communityId: string; title: string },
): Promise<void> {
  const name = foldedName(sql`${page.title}::text`);
  await sql`insert into page_names (community_id, name, page_id) values (${page.communityId}, ${name}, ${page.id})
    on conflict do nothing`.execute(tx);
  await sql`update page_links set to_id = ${page.id} from pages writing
    where writing.id = page_links.from_id and writing.community_id = ${page.communityId}
      and to_id is null and name = ${name}`.execute(tx);
}

/**
 * Makes the links of a page exactly those to `names`. A link that has found its page keeps it, whatever that one is
 * called now.
 */
export async function setLinks(
  tx: Tx,
  page: { id: string; communityId: string },
  names: string[],
): Promise<void> {
  const named = sql`named as (select distinct ${foldedName(sql`typed`)} as name from unnest(${names}::text[]) typed)`;
  await sql`with ${named} delete from page_links where from_id = ${page.id}
    and name not in (select name from named)`.execute(tx);
  if (names.length === 0) return;
  await sql`with ${named} insert into page_links (from_id, name, to_id)
    select ${page.id}, name, (select known.page_id from page_names known join entries e on e.id = known.page_id and e.listed
      where known.community_id = ${page.communityId} and known.name = named.name
      order by ${foldedName(sql`e.title`)} = named.name desc, e.id limit 1)
    from named on conflict (from_id, name) do nothing`.execute(tx);
}
