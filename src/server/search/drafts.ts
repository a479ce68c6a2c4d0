import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import {
  presentUnpublished,
  unpublished,
  unpublishedColumns,
  type Unpublished,
  type UnpublishedRow,
} from '../posts/unpublished.ts';
import { snippet, snippetHtml } from './snippet.ts';

/** Something found among what one has not published. */
export interface DraftHit extends Unpublished {
  /** Safe HTML, the words found in `<mark>`. */
  snippetHtml: string;
}

const MOST_DRAFTS = 20;

/** What the actor has not published yet and that says the words (a tsquery), the latest first. */
export async function searchDrafts(db: Db, actor: Actor, words: string): Promise<DraftHit[]> {
  const { rows } = await sql<UnpublishedRow & { headline: string }>`
    with found as (select u.* from ${unpublished(actor)} u
        left join entry_search s on s.entry_id = u.id and u."reworkId" is null
      where coalesce(s.document, words_of(left(concat_ws(' ', u.title, u.words), 200000))) @@ ${words}::tsquery
      order by u.at desc, u.id desc, u."reworkId" limit ${MOST_DRAFTS})
    select ${unpublishedColumns}, ${snippet(sql`u.words`, words)} as headline from found u
    order by u.at desc, u.id desc, u."reworkId"`.execute(db);
  return rows.map(({ headline, ...row }) => ({
    ...presentUnpublished(row),
    snippetHtml: snippetHtml(headline),
  }));
}
