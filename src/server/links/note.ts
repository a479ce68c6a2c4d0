import { sql } from 'kysely';
import type { Tx } from '../platform/db.ts';
import type { StoredEvent } from '../platform/event-stream.ts';
import { ringFor } from '../platform/jobs.ts';
import { bareLinks } from './bare.ts';

export const UNFOLD_LINKS = 'unfold_links';

/** Texts came out or changed: the addresses that stand alone in them wait for their cards. */
export async function noteLinks(tx: Tx, events: StoredEvent[]): Promise<void> {
  const ids = events.map((event) => event.subject_id);
  const { rows } = await sql<{ entry_id: string; comment_id: string | null; html: string }>`
    select id as entry_id, null::uuid as comment_id, html from entries
    where id = any(${ids}::uuid[]) and listed and position('<p><a href="http' in html) > 0
    union all
    select entry_id, id, html from comments
    where id = any(${ids}::uuid[]) and listed and position('<p><a href="http' in html) > 0`.execute(tx);
  const links = rows.flatMap((row) => bareLinks(row.html).map((url) => ({ ...row, url })));
  if (links.length === 0) return;
  await sql`insert into link_cards (entry_id, comment_id, url)
    select * from unnest(${links.map((link) => link.entry_id)}::uuid[], ${links.map((link) => link.comment_id)}::uuid[],
      ${links.map((link) => link.url)}::text[]) on conflict do nothing`.execute(tx);
  await ringFor(tx, UNFOLD_LINKS);
}
