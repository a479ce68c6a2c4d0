import { sql, type RawBuilder } from 'kysely';
import { isModerator, type Actor, type Viewer } from '../actor.ts';
import { reachable, reachableTo } from '../communities/sight.ts';

/** Entries for lists, feeds, search and counts: published, neither deleted nor hidden, and within reach. */
export function listedEntries(actor: Viewer, alias = 'entries'): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(alias)}.listed and ${reachable(actor, alias)})`;
}

/** `listedEntries` to the person in `viewer`, the alias of a row of people: for what is read for many at once. */
export function listedEntriesTo(viewer: string, alias = 'entries'): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(alias)}.listed and ${reachableTo(viewer, alias)})`;
}

/**
 * Entries the actor may open by their address: the listed ones, his own drafts, and, with the reason shown, hidden
 * ones within reach if he wrote them or keeps order there.
 */
export function visibleEntries(actor: Actor, alias = 'entries'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  const ownDraft = sql`${t}.status = 'draft' and ${t}.deleted_at is null and ${t}.author_id = ${actor.id}`;
  const hidden = sql`${t}.status = 'published' and ${t}.deleted_at is null and ${t}.hidden_at is not null
    and ${reachable(actor, alias)} and ${keepsOrder(actor, alias)}`;
  return sql<boolean>`(${listedEntries(actor, alias)} or (${ownDraft}) or (${hidden}))`;
}

/**
 * True where the actor may see and lift what was hidden: the author (in the column `author`), the community's animators,
 * the network's moderators. Says nothing of reach: a moderator who is no member does not look into a closed community.
 */
export function keepsOrder(actor: Actor, alias = 'entries', author = 'author_id'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  if (isModerator(actor)) return sql<boolean>`true`;
  return sql<boolean>`(${sql.ref(`${alias}.${author}`)} = ${actor.id} or exists (select 1 from memberships own
    where own.person_id = ${actor.id} and own.community_id = ${t}.community_id and own.role = 'animator'))`;
}

/**
 * Comments the actor may read, on an entry he may already see (join it and add `visibleEntries`): those neither
 * deleted nor hidden; hidden ones also for their author and for those who keep order.
 */
export function visibleComments(
  actor: Actor,
  alias = 'comments',
  entryAlias = 'entries',
): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.listed or (${t}.deleted_at is null and ${t}.hidden_at is not null
    and (${t}.author_id = ${actor.id} or ${keepsOrder(actor, entryAlias)})))`;
}

/** Comments that have a place in a conversation: those the actor may read, and removed ones that somebody answered. */
export function placedComments(actor: Actor, alias = 'comments'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.listed
    or exists (select 1 from entries where entries.id = ${t}.entry_id and ${visibleComments(actor, alias)})
    or exists (select 1 from comments answer
      where (answer.parent_id = ${t}.id or answer.root_id = ${t}.id) and answer.listed))`;
}
