import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { visiblePeople } from '../communities/sight.ts';
import type { Page } from '../conversation/present.ts';
import { listedEntries } from '../conversation/sight.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, page, pageSize } from '../platform/keyset.ts';

/** Somebody who wrote elsewhere, and by what one knows him. */
export interface OutsideAuthor {
  id: string;
  handle: string;
  name: string;
  since: string;
  /** Three of his latest posts at most, of those the viewer may read. How many there are is nobody's business. */
  posts: { id: string; title: string }[];
  /** The same of what he spoke under: many only ever commented. */
  commented: { id: string; title: string }[];
}

interface AuthorRow extends Omit<OutsideAuthor, 'since'> {
  created_at: Date;
}

/** Outside authors whom nobody is yet, the latest to be brought in first. */
export async function listOutsideAuthors(
  db: Db,
  actor: Actor,
  where: { query?: string | null; cursor?: string | null; limit?: number | string | null } = {},
): Promise<Page<OutsideAuthor>> {
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const older = from
    ? sql`and (people.created_at, people.id) < (${from.at}::timestamptz, ${from.id}::uuid)`
    : sql``;
  const typed = (where.query ?? '').toWellFormed().replaceAll('\0', '').trim().slice(0, 120);
  const named = typed ? sql`and folded_name(people.name) like name_pattern(${typed})` : sql``;
  const rows = await readAuthors(
    db,
    actor,
    sql`${older} ${named} order by people.created_at desc, people.id desc limit ${limit + 1}`,
  );
  return page(rows, limit, (row) => ({ at: row.since, id: row.id }));
}

/** One outside author. */
export async function readOutsideAuthor(db: Db, actor: Actor, handle: string): Promise<OutsideAuthor> {
  const [author] = await readAuthors(db, actor, sql`and people.handle = ${handle}`);
  if (!author) throw notFound();
  return author;
}

async function readAuthors(db: Db, actor: Actor, rest: RawBuilder<unknown>): Promise<OutsideAuthor[]> {
  const { rows } = await sql<AuthorRow>`select people.id, people.handle, people.name, people.created_at,
      ${latestPosts(actor)} as posts, ${latestCommented(actor)} as commented
    from people where people.status = 'outside' and ${visiblePeople(actor)} ${rest}`.execute(db);
  return rows.map(({ created_at, ...row }) => ({ ...row, since: created_at.toISOString() }));
}

/** Of the person `alias` of the query, as JSON. */
export function latestCommented(actor: Actor, alias = 'people'): RawBuilder<OutsideAuthor['commented']> {
  return sql<OutsideAuthor['commented']>`(select coalesce(json_agg(json_build_object('id', id, 'title',
      coalesce(nullif(title, ''), left(excerpt, 80))) order by said_at desc), '[]')
    from (select entries.id, title, entries.excerpt, max(said.created_at) as said_at
      from comments said join entries on entries.id = said.entry_id
      where said.author_id = ${sql.ref(alias)}.id and said.listed and ${listedEntries(actor)}
      group by entries.id order by said_at desc, entries.id desc limit 3) latest)`;
}

/** Of the person `alias` of the query, as JSON. */
export function latestPosts(actor: Actor, alias = 'people'): RawBuilder<OutsideAuthor['posts']> {
  return sql<OutsideAuthor['posts']>`(select coalesce(json_agg(json_build_object('id', id, 'title',
      coalesce(nullif(title, ''), left(excerpt, 80)))), '[]')
    from (select id, title, excerpt from entries where author_id = ${sql.ref(alias)}.id and kind = 'post' and ${listedEntries(actor)}
      order by published_at desc, id desc limit 3) latest)`;
}
