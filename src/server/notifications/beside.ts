import { sql, type RawBuilder } from 'kysely';
import { reachableTo } from '../communities/sight.ts';
import { listedEntriesTo } from '../conversation/sight.ts';
import { REPORTED_KINDS } from './kinds.ts';
import { openReport } from './sight.ts';

/** What a notice needs beyond the entry, the dossier or the community that it names. */
export interface Beside {
  /** Where it leads, as a path of this network. */
  path: string | null;
  /** Of what it tells. */
  title: string | null;
  /** Why one's words are hidden. */
  reason: string | null;
}

/**
 * What stands beside the entry of a notice in the sight of its person, as `Beside`; null where nothing does. `viewer` is
 * the alias of his row of people.
 */
export function beside(notice = 'n', viewer = 'viewer'): RawBuilder<Beside | null> {
  const n = sql.ref(notice);
  return sql<Beside | null>`(case when ${n}.kind = 'report' then ${waiting(notice)}
    when ${n}.kind in ('hidden', 'shown') then ${judged(n)}
    when ${n}.kind in (${sql.join(REPORTED_KINDS)}) then ${settled(n, viewer)} end)`;
}

function waiting(notice: string): RawBuilder<unknown> {
  return sql`(select json_build_object('path', '/moderation/' || told.id, 'title', coalesce(shelf.name, whole.name))
    from reports told left join watches shelf on shelf.id = told.watch_id
      left join dossiers whole on whole.id = told.dossier_id where told.id = ${openReport(notice)})`;
}

function judged(n: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(case when ${n}.comment_id is not null
      then (select json_build_object('reason', c.hidden_reason) from comments c where c.id = ${n}.comment_id)
    when ${n}.entry_id is not null
      then (select json_build_object('reason', e.hidden_reason) from entries e where e.id = ${n}.entry_id)
    else coalesce(
      (select json_build_object('path', '/desk/watches/' || w.id, 'title', w.name, 'reason', w.hidden_reason)
        from watches w where w.id = ${n}.thing_id),
      (select json_build_object('path', '/dossiers/' || d.id, 'title', d.name, 'reason', d.hidden_reason)
        from dossiers d where d.id = ${n}.thing_id)) end)`;
}

/** What was reported is named as long as everybody who reaches it reads it, and he is one of them. */
function settled(n: RawBuilder<unknown>, viewer: string): RawBuilder<unknown> {
  return sql`(select json_build_object('path', '/moderation/' || told.id, 'title', coalesce(
      (select case when told.comment_id is null then coalesce(nullif(e.title, ''), left(e.excerpt, 80))
          else (select left(c.body, 80) from comments c where c.id = told.comment_id and c.listed) end
        from entries e where e.id = told.entry_id and ${listedEntriesTo(viewer, 'e')}),
      (select w.name from watches w where w.id = told.watch_id and w.shared_at is not null and w.deleted_at is null
        and w.hidden_at is null and ${reachableTo(viewer, 'w')}),
      (select d.name from dossiers d where d.id = told.dossier_id and d.deleted_at is null and d.hidden_at is null
        and ${reachableTo(viewer, 'd')})))
    from reports told where told.id = ${n}.report_id)`;
}
