import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { reachable, readableCommunities, visibleCommunities } from '../communities/sight.ts';
import { visibleEntries } from '../conversation/sight.ts';
import { sharedWatches, visibleDossiers } from '../conversation/shared-desk.ts';
import type { Db } from '../platform/db.ts';
import { byKeyset, type Batches } from './records.ts';

const named = sql`'/dossiers/' || d.id as url, d.name`;

/** What he did where several put their work together: read at once. */
export function gatheredSections(actor: Actor): Record<string, RawBuilder<object>> {
  const seen = visibleDossiers(actor, 'd');
  return {
    dossiers: ownDossiers(actor),
    dossierWatches: sql`select ${named}, w.name as watch, '/desk/watches/' || w.id as "watchUrl", h.at as "putInAt"
      from dossier_watches h join dossiers d on d.id = h.dossier_id and ${seen}
        join watches w on w.id = h.watch_id and ${sharedWatches(actor, 'w')}
      where h.person_id = ${actor.id} order by h.at, h.watch_id`,
    followedDossiers: sql`select ${named}, f.since from dossier_follows f join dossiers d on d.id = f.dossier_id and ${seen}
      where f.person_id = ${actor.id} order by f.since, d.id`,
    pageEditing: sql`select c.slug, c.name from page_editors e join communities c on c.id = e.community_id
        and ${readableCommunities(actor, 'c')} where e.person_id = ${actor.id} order by c.slug`,
  };
}

/** The dossiers that he founded, where he still reads them: others whose watches he put in may say what they are called. */
export function ownDossiers(actor: Actor): RawBuilder<object> {
  return sql`select ${named}, d.about, c.slug as "livesIn", d.created_at as "createdAt", d.edited_at as "editedAt",
      d.deleted_at as "deletedAt", d.hidden_at as "hiddenAt", d.hidden_reason as "hiddenReason" from dossiers d
    left join communities c on c.id = d.community_id and ${visibleCommunities(actor, 'c')}
    where d.founder_id = ${actor.id} and ${reachable(actor, 'd')} order by d.created_at, d.id`;
}

/** Where he had a hand in a page: each version, and when; the words of the page as far as he began it stand among his posts. */
export function ownPageVersions(db: Db, actor: Actor): Batches {
  const key = sql`md5(w.page_id::text || w.number)::uuid`;
  return byKeyset(
    db,
    sql`w.first_at`,
    key,
    500,
    (
      after,
    ) => sql`select ${key} as id, w.first_at as at, e.title, '/pages/' || e.id as url, w.number as version,
      w.first_at as "firstAt", w.last_at as "lastAt"
    from page_writers w join entries e on e.id = w.page_id
    where w.person_id = ${actor.id} and ${visibleEntries(actor, 'e')} ${after}`,
  );
}

/** What came of what he found or wrote, by himself or by somebody else: as far as he may see it. */
export function ownCredits(db: Db, actor: Actor): Batches {
  return byKeyset(
    db,
    sql`p.at`,
    sql`p.id`,
    500,
    (
      after,
    ) => sql`select p.id, p.at, p.how, p.person_id = ${actor.id} as "byMe", p.author_id = ${actor.id} as "ofMine",
      p.finder_id = ${actor.id} as "foundByMe", p.found_at as "foundAt", p.at as "cameAt", p.credit, p.url as source,
      json_build_object('title', e.title, 'url', '/posts/' || e.id) as became
    from provenance p join entries e on e.id = p.subject_id
    where (p.person_id = ${actor.id} or p.author_id = ${actor.id} or p.finder_id = ${actor.id})
      and ${visibleEntries(actor, 'e')} ${after}`,
  );
}
