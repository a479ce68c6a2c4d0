/*
 * The rules of sight.ts where those who look are rows of the query (live signals are weighed for many at once): `viewer`
 * is the alias of a row of people. `sight-many.test.ts` holds both forms to the same answers.
 */
import { sql, type RawBuilder } from 'kysely';
import { reachableTo } from '../communities/sight.ts';
import { listedEntriesTo } from './sight.ts';

/** `visibleEntries` to the person in `viewer`. */
export function visibleEntriesTo(viewer: string, alias = 'entries'): RawBuilder<boolean> {
  const [v, t] = [sql.ref(viewer), sql.ref(alias)];
  return sql<boolean>`(${listedEntriesTo(viewer, alias)}
    or (${t}.status = 'draft' and ${t}.deleted_at is null and ${t}.author_id = ${v}.id)
    or (${t}.status = 'published' and ${t}.deleted_at is null and ${t}.hidden_at is not null
      and ${reachableTo(viewer, alias)} and ${keepsOrderTo(viewer, alias)}))`;
}

/** `keepsOrder` of the person in `viewer`. */
export function keepsOrderTo(viewer: string, alias = 'entries'): RawBuilder<boolean> {
  const [v, t] = [sql.ref(viewer), sql.ref(alias)];
  return sql<boolean>`(${v}.role in ('moderator', 'admin', 'owner') or ${t}.author_id = ${v}.id
    or exists (select 1 from memberships own where own.person_id = ${v}.id
      and own.community_id = ${t}.community_id and own.role = 'animator'))`;
}

/** `visibleComments` to the person in `viewer`. */
export function visibleCommentsTo(
  viewer: string,
  alias = 'comments',
  entryAlias = 'entries',
): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.listed or (${t}.deleted_at is null and ${t}.hidden_at is not null
    and ${hiddenStillTo(viewer, alias, entryAlias)}))`;
}

/** True where the person in `viewer` goes on reading a comment that is hidden. */
export function hiddenStillTo(viewer: string, alias: string, entryAlias: string): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(alias)}.author_id = ${sql.ref(viewer)}.id or ${keepsOrderTo(viewer, entryAlias)})`;
}
