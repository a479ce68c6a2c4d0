import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { invalid } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import type { Source } from './present.ts';
import { visibleEntries } from './sight.ts';
import { cleanLine, webAddress } from './text.ts';

/** What a person gives to say where his text comes from. */
export interface NewCredit {
  /** The outside text that it is made from. */
  sourceUrl?: string | null;
  sourceTitle?: string | null;
  sourceAuthor?: string | null;
  /** The entry of this network that it passes on, or is made from: it keeps its author's name. */
  curatedId?: string | null;
}

interface OutsideSource {
  source_url: string | null;
  source_title: string | null;
  source_author: string | null;
}

/** What a row holds of it; `curated` is `curatedJson`, and left out in lists. */
export interface CreditRow extends OutsideSource {
  curated?: { id: string; title: string; author: string } | null;
}

/** The outside source as the columns of an entry; a title is never missing where there is one. */
export function readSource(input: NewCredit): OutsideSource {
  const url = webAddress(input.sourceUrl, 'sourceUrl');
  return {
    source_url: url,
    source_title: url && (cleanLine(input.sourceTitle, 'sourceTitle', 300) || url),
    source_author: url && cleanLine(input.sourceAuthor, 'sourceAuthor', 200),
  };
}

/** The entry that is passed on. One curates only what one may see oneself. */
export async function readCurated(db: Db, actor: Actor, { curatedId }: NewCredit): Promise<string | null> {
  if (!curatedId) return null;
  const found =
    isId(curatedId) &&
    (await db
      .selectFrom('entries')
      .select('id')
      .where('id', '=', curatedId)
      .where('status', '=', 'published')
      .where(visibleEntries(actor))
      .executeTakeFirst());
  if (!found) throw invalid('curatedId', 'curated_not_found');
  return curatedId;
}

/** The entry that `entries` passes on, for `sourceOf`. One that the viewer may not see is not even named. */
export function curatedJson(actor: Actor): RawBuilder<CreditRow['curated']> {
  return sql`(select json_build_object('id', o.id, 'title', o.title, 'author', p.name) from entries o
    join people p on p.id = o.author_id where o.id = entries.curated_id and ${visibleEntries(actor, 'o')})`;
}

/** The credit of a curated text. */
export function sourceOf(row: CreditRow): Source | null {
  if (row.curated)
    return { url: `/posts/${row.curated.id}`, title: row.curated.title, author: row.curated.author };
  if (!row.source_url) return null;
  return { url: row.source_url, title: row.source_title ?? row.source_url, author: row.source_author ?? '' };
}
