import { sql, type RawBuilder } from 'kysely';
import { reachableTo, visibleCommunitiesTo } from '../communities/sight.ts';
import { listedEntriesTo } from '../conversation/sight.ts';
import { DECIDED_KINDS, OWN_KINDS, REPORTED_KINDS } from './kinds.ts';

/**
 * True where what the notice tells is still so and within the sight of its person: of the rest, not even the number is
 * told. `notice` is the alias of a row of notifications, `viewer` that of its person's row of people.
 */
export function standing(notice = 'n', viewer = 'viewer'): RawBuilder<boolean> {
  const n = sql.ref(notice);
  const listed = (id: RawBuilder<unknown>) =>
    sql`exists (select 1 from entries seen where seen.id = ${id} and ${listedEntriesTo(viewer, 'seen')})`;
  return sql<boolean>`(case when ${isOwn(notice)} then ${stillDraft(n)}
    when ${isDecided(notice)} then (${n}.kind in (${sql.join(REPORTED_KINDS)}) or ${stillJudged(n, viewer)}) else ((${n}.entry_id is null or ${listed(sql`${n}.entry_id`)})
    and (${n}.by_entry_id is null or ${listed(sql`${n}.by_entry_id`)})
    and (${n}.comment_id is null or exists (select 1 from comments said
      where said.id = ${n}.comment_id and said.listed))
    and (${n}.dossier_id is null or exists (select 1 from dossiers whole where whole.id = ${n}.dossier_id
      and whole.deleted_at is null and whole.hidden_at is null and ${reachableTo(viewer, 'whole')}))
    and (${n}.kind <> 'reaction' or ${stillGiven(n)})
    and (${n}.kind <> 'report' or ${stillToDecide(notice, viewer)})
    and (${n}.kind <> 'community_asked' or exists (select 1 from memberships own where own.person_id = ${n}.person_id
      and own.community_id = ${n}.community_id and own.role = 'animator'))
    and (${n}.entry_id is not null or exists (select 1 from communities place
      where place.id = ${n}.community_id and ${visibleCommunitiesTo(viewer, 'place')}))) end)`;
}

/** True of what tells its person what became of a draft of his own. */
export function isOwn(notice = 'n'): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(notice)}.kind in (${sql.join(OWN_KINDS)}))`;
}

/** True of what tells its person what those who keep order decided. */
export function isDecided(notice = 'n'): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(notice)}.kind in (${sql.join(DECIDED_KINDS)}))`;
}

/** His own words are hidden since the notice, or shown again, where he may still read them. */
function stillJudged(n: RawBuilder<unknown>, viewer: string): RawBuilder<unknown> {
  const so = (alias: string) => {
    const hidden = sql.ref(`${alias}.hidden_at`);
    return sql`(case ${n}.kind when 'hidden' then ${hidden} = ${n}.created_at else ${hidden} is null end)`;
  };
  const word = sql`(own.author_id = ${n}.person_id or own.hidden_at is null) and exists (select 1 from comments word
    where word.id = ${n}.comment_id and word.author_id = ${n}.person_id and word.deleted_at is null and ${so('word')})`;
  return sql`case when ${n}.entry_id is not null then exists (select 1 from entries own where own.id = ${n}.entry_id
      and own.status = 'published' and own.deleted_at is null and ${reachableTo(viewer, 'own')}
      and case when ${n}.comment_id is null then own.author_id = ${n}.person_id and ${so('own')} else ${word} end)
    else exists (select 1 from watches own where own.id = ${n}.thing_id and own.owner_id = ${n}.person_id
        and own.deleted_at is null and ${so('own')})
      or exists (select 1 from dossiers own where own.id = ${n}.thing_id and own.founder_id = ${n}.person_id
        and own.deleted_at is null and ${reachableTo(viewer, 'own')} and ${so('own')}) end`;
}

function stillDraft(n: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`exists (select 1 from entries draft where draft.id = ${n}.entry_id and draft.author_id = ${n}.person_id
    and draft.status = 'draft' and draft.deleted_at is null
    and (${n}.kind <> 'held_back' or draft.held_back is not null))`;
}

function stillGiven(n: RawBuilder<unknown>): RawBuilder<unknown> {
  const given = (on: RawBuilder<unknown>) => sql`exists (select 1 from reactions given
    where ${on} and given.person_id = ${n}.actor_id and given.kind = ${n}.reaction)`;
  return sql`case when ${n}.comment_id is null then ${given(sql`given.entry_id = ${n}.entry_id`)}
    else ${given(sql`given.comment_id = ${n}.comment_id`)} end`;
}

/** The id of the report that a notice tells of, while it waits. */
export function openReport(notice: string): RawBuilder<string | null> {
  const n = sql.ref(notice);
  return sql<string | null>`(case when ${n}.kind <> 'report' then null
    when ${n}.report_id is not null then (select report.id from reports report
      where report.id = ${n}.report_id and report.resolved_at is null)
    else (select report.id from reports report
      where report.entry_id = ${n}.entry_id and report.comment_id is not distinct from ${n}.comment_id
        and report.reporter_id = ${n}.actor_id and report.resolved_at is null) end)`;
}

/** Nobody is judge in his own cause, and nobody learns who complained of him. */
function stillToDecide(notice: string, viewer: string): RawBuilder<unknown> {
  const [n, v] = [sql.ref(notice), sql.ref(viewer)];
  const place = (community: RawBuilder<unknown>, author: RawBuilder<unknown>) => sql`(${author} <> ${v}.id
    and (${v}.role in ('moderator', 'admin', 'owner') or exists (select 1 from memberships own
      where own.person_id = ${v}.id and own.community_id = ${community} and own.role = 'animator')))`;
  const entry = sql`exists (select 1 from entries reported left join comments spoken on spoken.id = ${n}.comment_id
    where reported.id = ${n}.entry_id
      and ${place(sql`reported.community_id`, sql`coalesce(spoken.author_id, reported.author_id)`)})`;
  const watch = sql`exists (select 1 from reports told join watches reported on reported.id = told.watch_id
    where told.id = ${n}.report_id and reported.community_id = told.community_id and reported.shared_at is not null
      and reported.deleted_at is null and reported.hidden_at is null and ${reachableTo(viewer, 'reported')}
      and ${place(sql`reported.community_id`, sql`reported.owner_id`)})`;
  const dossier = sql`exists (select 1 from reports told join dossiers reported on reported.id = told.dossier_id
    where told.id = ${n}.report_id and reported.deleted_at is null and reported.hidden_at is null
      and ${reachableTo(viewer, 'reported')} and ${place(sql`reported.community_id`, sql`reported.founder_id`)})`;
  return sql`(${openReport(notice)} is not null and ${v}.role <> 'guest'
    and case when ${n}.report_id is null then ${entry} else (${watch} or ${dossier}) end)`;
}

/** The community that a notice may name: of a draft of one's own, none. */
export function placeOf(notice: string, entry: string): RawBuilder<string | null> {
  const [n, e] = [sql.ref(notice), sql.ref(entry)];
  return sql<string | null>`coalesce(case when ${e}.listed then ${e}.community_id end, ${n}.community_id)`;
}
