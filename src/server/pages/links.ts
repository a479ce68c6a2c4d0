import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { listedEntries, visibleEntries } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { foldedName } from './names.ts';
import type { PageRef } from './present.ts';
import { requireSeen } from './seen.ts';

const MOST_BACK = 200;

/** The pages that link to a page, of those the actor may see, by name. */
export async function linksTo(db: Db, actor: Actor, pageId: string): Promise<PageRef[]> {
  await requireSeen(db, actor, pageId);
  const { rows } = await sql<PageRef>`select entries.id, entries.title
    from page_links join entries on entries.id = page_links.from_id
    where page_links.to_id = ${pageId} and page_links.from_id <> ${pageId} and ${listedEntries(actor)}
    order by folded(entries.title), entries.id limit ${MOST_BACK}`.execute(db);
  return rows;
}

/** Where the names in a page's text lead the actor: to the ids of pages that he may see, or to nothing yet. */
export async function targetsOf(
  db: Db,
  actor: Actor,
  pageId: string,
  names: string[],
): Promise<Map<string, string | null>> {
  if (names.length === 0) return new Map();
  const { rows } = await sql<{ typed: string; id: string | null }>`
    select typed, coalesce(
      (select entries.id from page_links join entries on entries.id = page_links.to_id
        where page_links.from_id = ${pageId} and page_links.name = ${foldedName(sql`typed`)} and ${listedEntries(actor)}),
      (select entries.id from page_names known join entries on entries.id = known.page_id
        where known.community_id = writing.community_id and known.name = ${foldedName(sql`typed`)} and ${listedEntries(actor)}
        order by ${foldedName(sql`entries.title`)} = known.name desc, entries.id limit 1)) as id
    from unnest(${names}::text[]) typed, pages writing where writing.id = ${pageId}`.execute(db);
  return new Map(rows.map(({ typed, id }) => [typed, id]));
}

/** Where one name on a page leads: to a page, or to where it can be written. */
export async function leadFrom(
  db: Db,
  actor: Actor,
  pageId: string,
  name: string,
): Promise<{ id: string | null; community: string }> {
  if (!isId(pageId)) throw notFound();
  const { rows } = await sql<{
    slug: string;
  }>`select place.slug from pages join entries on entries.id = pages.id
    join communities place on place.id = entries.community_id where pages.id = ${pageId} and ${visibleEntries(actor)}`.execute(
    db,
  );
  if (!rows[0]) throw notFound();
  const targets = await targetsOf(db, actor, pageId, [name]);
  return { id: targets.get(name) ?? null, community: rows[0].slug };
}

const OURS = /<a href="\/pages\/[0-9a-f-]{36}\/to\?name=([^"]*)">/g;

/** The names that a rendered text links to. */
export function namesIn(html: string): string[] {
  return [...new Set([...html.matchAll(OURS)].map((match) => decoded(match[1]!)))];
}

/** A rendered text whose links lead where they lead this reader; what is not written yet is marked. */
export function withTargets(html: string, targets: Map<string, string | null>): string {
  return html.replace(OURS, (link, name: string) => {
    const id = targets.get(decoded(name));
    return id ? `<a href="/pages/${id}">` : link.replace('<a ', '<a class="missing" ');
  });
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(
      name.replaceAll('&amp;', '&').replaceAll('&#x27;', "'").replaceAll('&#39;', "'"),
    );
  } catch {
    return '';
  }
}
