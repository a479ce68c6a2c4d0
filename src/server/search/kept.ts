import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { snippet, snippetHtml } from './snippet.ts';

/** Something found among what one keeps in one's reader. */
export interface KeptHit {
  id: string;
  title: string;
  source: string;
  url: string | null;
  at: string;
  /** Safe HTML, the words found in `<mark>`. */
  snippetHtml: string;
}

const MOST_READINGS = 20;
const MOST_CANDIDATES = 600;

/**
 * What the actor keeps in his reader and that says the words (a tsquery), best first. What he put on his desk is found
 * there.
 */
export async function searchKept(db: Db, actor: Actor, words: string): Promise<KeptHit[]> {
  const own = sql`(quote_literal(owner_lexeme(${actor.id}::uuid)))::tsquery`;
  const { rows } = await sql<Omit<KeptHit, 'at' | 'snippetHtml'> & { at: Date; headline: string }>`
    with candidate as (select r.id, r.item_id, r.subscription_id, r.at, r.kept_at, ts_rank(k.document, ${words}::tsquery, 1) as score
      from reading_search k join readings r on r.id = k.reading_id
      where k.document @@ (${own} && ${words}::tsquery) and r.person_id = ${actor.id} and r.kept_at is not null
        and not exists (select 1 from desk_items d where d.reading_id = r.id and d.owner_id = ${actor.id}
          and d.deleted_at is null)
      limit ${MOST_CANDIDATES}),
    best as (select * from candidate order by score desc, kept_at desc, id desc limit ${MOST_READINGS})
    select b.id, coalesce(nullif(i.title, ''), nullif(i.excerpt, ''), i.url, '') as title, i.url,
      coalesce(nullif(s.title, ''), nullif(f.title, ''), nullif(g.title, ''), '') as source,
      coalesce(i.published_at, b.at) as at, ${snippet(sql`concat_ws(' ', i.excerpt, i.html)`, words)} as headline
    from best b join source_items i on i.id = b.item_id left join subscriptions s on s.id = b.subscription_id
      left join sources f on f.id = s.source_id left join sources g on g.id = i.source_id
    order by b.score desc, b.kept_at desc, b.id desc`.execute(db);
  return rows.map(({ headline, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
    snippetHtml: snippetHtml(headline),
  }));
}
