import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import { renameInPages } from './pages.ts';

/** What a person is called from now on, where people wrote `@handle`. */
interface Called {
  handle: string;
  /** What stands in place of `@handle`. */
  written: string;
  /** The same in HTML, in place of the link. */
  linked: string;
}

/**
 * Puts what a person is called now where people wrote `@handle`, in texts as in what was rendered from them, and in what
 * stood there before an edit. A name that somebody wrote out stays: those are the author's own words.
 */
export async function renameMentions(
  tx: Tx,
  person: { id: string; handle: string },
  called: Called,
): Promise<void> {
  const handle = person.handle.replaceAll('.', '\\.');
  const mention = `(?<![A-Za-z0-9_@/.])@${handle}(?![a-z0-9._-]*[a-z0-9])`;
  const link = `<a href="/people/${handle}">@[^<]*</a>`;
  const text = (column: string) =>
    sql`regexp_replace(${sql.ref(column)}, ${mention}, ${called.written}, 'gi')`;
  const html = sql`replace(regexp_replace(html, ${link}, ${called.linked}, 'gi'),
    ${`href="/people/${person.handle}"`}, ${`href="/people/${called.handle}"`})`;
  // Before the pages say it themselves.
  await renameInPages(tx, person, { mention: new RegExp(mention, 'gi'), written: called.written });
  await sql`update entries set body = ${text('body')}, html = ${html}, excerpt = ${text('excerpt')}
    where id in (select entry_id from mentions where person_id = ${person.id})`.execute(tx);
  await sql`update comments set body = ${text('body')}, html = ${html}
    where id in (select comment_id from mentions where person_id = ${person.id})`.execute(tx);
  // A desk keeps no list of whom its notes name.
  await sql`update desk_items set body = ${text('body')}, html = ${html}, excerpt = ${text('excerpt')}
    where position(${`@${person.handle}`} in lower(body)) > 0`.execute(tx);
  await sql`update reworks set fields = jsonb_set(fields, '{body}',
      to_jsonb(regexp_replace(fields ->> 'body', ${mention}, ${called.written}, 'gi')))
    where position(${`@${person.handle}`} in lower(fields ->> 'body')) > 0`.execute(tx);
  // Whom an older version named is written nowhere else.
  await sql`update revisions set body = ${text('body')}
    where position(${`@${person.handle}`} in lower(body)) > 0`.execute(tx);
}
