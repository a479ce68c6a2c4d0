import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { PersonRef } from '../conversation/present.ts';
import { notFound } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { toldFinder, toldFoundAt } from './finder.ts';
import { marked } from './mark.ts';
import type { HighlightView, ItemView, Way } from './present.ts';
import { personJson } from '../conversation/person.ts';
import { itemColumns, itemTables, presentItem, type ItemRow } from './rows.ts';
import { visibleItems } from './sight.ts';

interface WholeRow extends ItemRow {
  body: string;
  html: string;
  via: Way;
  finder: PersonRef | null;
  foundAt: Date;
  version: number;
  page_html: string | null;
  words: number;
  fetched_url: string;
  fetched_at: Date;
  marks: HighlightView[] | null;
}

/** One thing: one's own, or one that is shared where one reads. */
export async function readItem(db: Db, actor: Actor, id: string): Promise<ItemView> {
  if (!isId(id)) throw notFound();
  const { rows } =
    await sql<WholeRow>`select ${itemColumns}, i.body, i.html, i.via, ${toldFoundAt(actor, 'i')} as "foundAt", i.version,
      p.html as page_html, p.words, p.fetched_url, p.fetched_at,
      case when f.id is not null then ${personJson('f')} end as finder,
      (select json_agg(json_build_object('id', h.id, 'quote', h.quote, 'before', h.before, 'behind', h.behind,
          'note', h.note, 'createdAt', h.created_at) order by h.created_at, h.id)
        from desk_highlights h where h.item_id = i.id) as marks
    from ${itemTables(actor)} left join desk_pages p on p.item_id = i.id left join people f on f.id = ${toldFinder(actor, 'i')}
    where i.id = ${id} and ${visibleItems(actor, 'i')}`.execute(db);
  if (!rows[0]) throw notFound();
  return present(rows[0], actor);
}

function present(row: WholeRow, actor: Actor): ItemView {
  const {
    body,
    html,
    via,
    finder,
    foundAt,
    version,
    page_html,
    words,
    fetched_url,
    fetched_at,
    marks,
    ...item
  } = row;
  const highlights = (marks ?? []).map((mark) => ({
    ...mark,
    createdAt: new Date(mark.createdAt).toISOString(),
  }));
  return {
    ...presentItem(item, actor),
    body,
    html,
    via: item.owner.id === actor.id ? via : null,
    finder,
    foundAt: foundAt.toISOString(),
    version,
    highlights,
    kept:
      page_html === null
        ? null
        : {
            html: marked(page_html, highlights),
            words,
            url: fetched_url,
            fetchedAt: fetched_at.toISOString(),
          },
  };
}
