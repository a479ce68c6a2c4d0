import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { personJson } from '../conversation/person.ts';
import { visibleDossiers } from '../conversation/shared-desk.ts';
import { visibleComments, visibleEntries } from '../conversation/sight.ts';
import { visibleWatches } from '../desk/sight.ts';
import type { ThingView } from './present.ts';

/** What can be reported and hidden: a post or a page, a comment, a shared watch, a dossier. */
export const KINDS = ['entry', 'comment', 'watch', 'dossier'] as const;

export interface Thing {
  on: (typeof KINDS)[number];
  id: string;
}

/** As those outside call it. */
export const NOUNS = ['post', 'comment', 'watch', 'dossier'] as const;
export type Noun = (typeof NOUNS)[number];

export function thingOf(on: Noun, id: string): Thing {
  return { on: on === 'post' ? 'entry' : on, id };
}

/** Where things of a kind are written, and what `things` calls them there. */
export const TABLE = {
  entry: 'entries',
  comment: 'comments',
  watch: 'watches',
  dossier: 'dossiers',
} as const;
const ALIAS = { ...TABLE, comment: 'c' } as const;

/** A column of a thing, for the condition of `things`. */
export function column(on: Thing['on'], name: 'id' | 'hidden_at'): RawBuilder<unknown> {
  return sql.ref(`${ALIAS[on]}.${name}`);
}

/**
 * Things of one kind, as rows of the same columns whatever they are: who answers for them, where they stand, what was
 * hidden and why, what is told of them; whether they stand for anybody (nobody took them away) and whether the actor sees
 * them.
 */
export function things(on: Thing['on'], actor: Actor, which: RawBuilder<unknown>): RawBuilder<unknown> {
  const published = sql`entries.status = 'published' and entries.deleted_at is null`;
  switch (on) {
    case 'entry':
      return sql`select 'post' as noun, entries.kind, entries.id, entries.id as entry_id, entries.author_id,
          entries.community_id, entries.everyone, entries.hidden_at, entries.hidden_by, entries.hidden_reason,
          '/posts/' || entries.id as url, entries.title, entries.excerpt, (${published}) as standing,
          ${visibleEntries(actor)} as seen
        from entries where ${which}`;
    case 'comment':
      return sql`select 'comment' as noun, 'comment' as kind, c.id, entries.id as entry_id, c.author_id,
          entries.community_id, entries.everyone, c.hidden_at, c.hidden_by, c.hidden_reason,
          '/posts/' || entries.id || '?comment=' || c.id || '#comment-' || c.id as url, entries.title,
          left(c.body, 600) as excerpt, (${published} and c.deleted_at is null) as standing,
          (${visibleEntries(actor)} and ${visibleComments(actor, 'c')}) as seen
        from comments c join entries on entries.id = c.entry_id where ${which}`;
    case 'watch':
      return sql`select 'watch' as noun, 'watch' as kind, watches.id, null::uuid as entry_id, watches.owner_id as author_id,
          watches.community_id, watches.everyone, watches.hidden_at, watches.hidden_by, watches.hidden_reason,
          '/desk/watches/' || watches.id as url, watches.name as title, watches.about as excerpt,
          (watches.shared_at is not null and watches.deleted_at is null) as standing, ${visibleWatches(actor)} as seen
        from watches where ${which}`;
    case 'dossier':
      return sql`select 'dossier' as noun, 'dossier' as kind, dossiers.id, null::uuid as entry_id,
          dossiers.founder_id as author_id, dossiers.community_id, dossiers.everyone, dossiers.hidden_at,
          dossiers.hidden_by, dossiers.hidden_reason, '/dossiers/' || dossiers.id as url, dossiers.name as title,
          dossiers.about as excerpt, dossiers.deleted_at is null as standing, ${visibleDossiers(actor)} as seen
        from dossiers where ${which}`;
  }
}

/**
 * Reports `r`, each with the thing `it` that it is about. A watch is judged where it was shared when it was reported: shared
 * elsewhere since, it stands there no more.
 */
export function reports(actor: Actor): RawBuilder<unknown> {
  const about = [
    things('entry', actor, sql`entries.id = r.entry_id and r.comment_id is null`),
    things('comment', actor, sql`c.id = r.comment_id`),
    things('watch', actor, sql`watches.id = r.watch_id`),
    things('dossier', actor, sql`dossiers.id = r.dossier_id`),
  ];
  return sql`reports r cross join lateral (select one.noun, one.kind, one.id, one.entry_id, one.author_id,
      coalesce(r.community_id, one.community_id) as community_id, coalesce(r.everyone, one.everyone) as everyone,
      one.hidden_at, one.url, one.title, one.excerpt, one.seen,
      (one.standing and (r.community_id is null or r.community_id is not distinct from one.community_id)) as standing
    from (${sql.join(about, sql` union all `)}) one) it`;
}

/** The thing `it` of the query, as JSON; `author` answers for it. */
export const thingJson: RawBuilder<ThingView> = sql<ThingView>`json_build_object('on', it.noun, 'id', it.id, 'url', it.url,
  'title', it.title, 'excerpt', it.excerpt, 'author', ${personJson('author')}, 'hidden', it.hidden_at is not null)`;
