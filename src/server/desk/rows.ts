import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleCommunities } from '../communities/sight.ts';
import { communityJson } from '../conversation/community.ts';
import { personJson } from '../conversation/person.ts';
import { listedEntries } from '../conversation/sight.ts';
import type { ItemSummary } from './present.ts';

type Dates = 'publishedAt' | 'readLaterAt' | 'doneAt' | 'sharedAt' | 'createdAt' | 'editedAt';
export type ItemRow = Omit<ItemSummary, Dates> & Record<Dates, Date | null> & { createdAt: Date };

/**
 * The columns of a thing in a list, from `itemTables`. A post that is kept is told of as far as it is in sight now, and a
 * watch where it is the actor's own, or shared.
 */
export const itemColumns: RawBuilder<unknown> = sql`i.id, i.kind, i.title, i.excerpt, i.url, i.site, i.author, i.summary,
  i.published_at as "publishedAt", i.language, '/files/' || i.picture_file_id as picture, i.page, i.failure,
  i.read_later_at as "readLaterAt", i.done_at as "doneAt", i.created_at as "createdAt", i.edited_at as "editedAt",
  case when w.shared_at is not null then i.shared_at end as "sharedAt", ${personJson('o')} as owner,
  case when w.id is not null then json_build_object('id', w.id, 'name', w.name, 'shared', w.shared_at is not null) end as watch,
  case when e.id is not null then json_build_object('id', e.id, 'title', e.title, 'excerpt', e.excerpt,
    'author', ${personJson('ea')}, 'community', case when ec.id is not null then ${communityJson('ec')} end) end as post`;

/** What `itemColumns` reads from: the things `i` that the caller narrows to those in sight. */
export function itemTables(actor: Actor): RawBuilder<unknown> {
  return sql`desk_items i join people o on o.id = i.owner_id
    left join watches w on w.id = i.watch_id and w.deleted_at is null
    left join entries e on e.id = i.entry_id and ${listedEntries(actor, 'e')}
    left join people ea on ea.id = e.author_id
    left join communities ec on ec.id = e.community_id and ${visibleCommunities(actor, 'ec')}`;
}

/** As it leaves the house; marks of one's own reading are for oneself. */
export function presentItem(row: ItemRow, actor: Actor): ItemSummary {
  const own = row.owner.id === actor.id;
  const { publishedAt, readLaterAt, doneAt, sharedAt, createdAt, editedAt, ...rest } = row;
  return {
    ...rest,
    own,
    publishedAt: publishedAt?.toISOString() ?? null,
    readLaterAt: (own && readLaterAt?.toISOString()) || null,
    doneAt: (own && doneAt?.toISOString()) || null,
    sharedAt: sharedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    editedAt: editedAt?.toISOString() ?? null,
  };
}
