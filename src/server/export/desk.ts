import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleCommunities } from '../communities/sight.ts';
import { listedEntries } from '../conversation/sight.ts';
import type { Db } from '../platform/db.ts';
import { byKeyset, type Batches } from './records.ts';

/** What a desk holds besides its things: read at once. */
export function deskSections(actor: Actor): Record<string, RawBuilder<object>> {
  return {
    watches: sql`select w.id, w.name, w.about, c.slug as "sharedIn", w.shared_at as "sharedAt", w.archived_at as "archivedAt",
        w.created_at as "createdAt", w.deleted_at as "deletedAt", w.hidden_at as "hiddenAt",
        w.hidden_reason as "hiddenReason" from watches w left join communities c on c.id = w.community_id
        and ${visibleCommunities(actor, 'c')}
      where w.owner_id = ${actor.id} order by w.created_at, w.id`,
    sources: sql`select coalesce(f.feed_url, s.address) as "feedUrl", coalesce(nullif(s.title, ''), f.title, '') as title,
        s.watch_id as "watchId", s.created_at as "since" from subscriptions s left join sources f on f.id = s.source_id
      where s.person_id = ${actor.id} order by s.created_at, s.id`,
    readingRules: sql`select words, does, watch_id as "watchId", created_at as "createdAt" from reading_rules
      where person_id = ${actor.id} order by created_at, id`,
    recommendedSources: sql`select c.slug as "sharedIn", r.feed_url as "feedUrl", r.title, r.why, r.created_at as "createdAt"
      from recommended_sources r join communities c on c.id = r.community_id and ${visibleCommunities(actor, 'c')}
      where r.person_id = ${actor.id} order by r.created_at, r.id`,
    savedSearches: sql`select name, place, query, created_at as "createdAt" from saved_searches
      where owner_id = ${actor.id} order by created_at, id`,
  };
}

/** His notes, clips with the pages that were read, and bookmarks; what he threw away lately among them. */
export function ownDesk(db: Db, actor: Actor): Batches {
  return byKeyset(
    db,
    sql`i.created_at`,
    sql`i.id`,
    20,
    (after) => sql`
    select i.id, i.created_at as at, '/desk/items/' || i.id as address, i.kind, i.title, i.body, i.html, i.url, i.site, i.author,
      i.summary, i.published_at as "publishedAt", i.language, i.watch_id as "watchId", i.via, i.found_at as "foundAt",
      f.name as "foundBy", i.read_later_at as "readLaterAt", i.done_at as "doneAt", i.shared_at as "sharedAt",
      i.created_at as "createdAt", i.edited_at as "editedAt", i.deleted_at as "deletedAt",
      case when e.id is not null then json_build_object('title', e.title, 'url', '/posts/' || e.id) end as post,
      (select json_build_object('html', p.html, 'url', p.fetched_url, 'fetchedAt', p.fetched_at)
        from desk_pages p where p.item_id = i.id) as page,
      (select coalesce(json_agg(json_build_object('quote', h.quote, 'note', h.note, 'createdAt', h.created_at)
          order by h.created_at, h.id), '[]') from desk_highlights h where h.item_id = i.id) as highlights
    from desk_items i left join people f on f.id = i.finder_id
      left join entries e on e.id = i.entry_id and ${listedEntries(actor, 'e')}
    where i.owner_id = ${actor.id} ${after}`,
  );
}

/** What his sources brought and he kept, read or has still to read. */
export function ownReadings(db: Db, actor: Actor): Batches {
  return byKeyset(
    db,
    sql`r.at`,
    sql`r.id`,
    500,
    (
      after,
    ) => sql`select r.id, r.at, i.title, i.url, i.author, i.published_at as "publishedAt", r.at as "cameAt",
      r.read_at as "readAt", r.kept_at as "keptAt"
    from readings r join source_items i on i.id = r.item_id where r.person_id = ${actor.id} ${after}`,
  );
}

/** What he did on his desk, and when. */
export function ownDeskEvents(db: Db, actor: Actor): Batches {
  return byKeyset(
    db,
    sql`at`,
    sql`id`,
    1000,
    (after) => sql`select id, at, name, subject_id as "subjectId", at as "happenedAt" from desk_events
    where owner_id = ${actor.id} ${after}`,
  );
}
