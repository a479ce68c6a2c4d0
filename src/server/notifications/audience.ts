import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '../platform/db.ts';
import type { StoredEvent } from '../platform/event-stream.ts';
import type { OWN_KINDS } from './kinds.ts';
import { tell } from './tell.ts';

/*
 * Who hears of an event, and why. Nobody hears of what he did himself (but of what became of it), nobody twice of the same event: the reason of the
 * lowest rank stands. What each person asked to hear less of, and whether he may see it, `tell` and its readers see to.
 */

/** Something was said: to those named, the one answered, the author of what it stands under, those who follow it. */
export function tellOfComments(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    sql`select event.id as event_id, reason.person_id, reason.kind, reason.rank, c.entry_id, c.id as comment_id,
        e.community_id, null as reaction, null::uuid as by_entry_id
      from event join comments c on c.id = event.subject_id and c.listed join entries e on e.id = c.entry_id and e.listed
      cross join lateral (
        select person_id, 'mention' as kind, 1 as rank from mentions where comment_id = c.id
        union all
        select p.author_id, 'reply', 2 from comments p where p.id = c.parent_id
        union all
        select e.author_id, 'comment', 3
        union all
        select person_id, 'thread', 4 from thread_follows where entry_id = e.id and following
        union all
        (with recursive spoken as (${firstOf(sql<boolean>`true`)} union all
            select later.* from spoken cross join lateral ${firstOf(sql<boolean>`author_id > spoken.author_id`)} later)
          select author_id, 'thread', 4 from spoken where (created_at, id) < (c.created_at, c.id))) reason`,
  );
}

/** What the next of those who spoke said first: an index holds it for each of them. */
function firstOf(who: RawBuilder<boolean>): RawBuilder<unknown> {
  return sql`(select author_id, created_at, id from comments where entry_id = e.id and listed and ${who}
    order by author_id, created_at, id limit 1)`;
}

/** Posts came out: to those they name, to the author of what they pass on, to those who want all of the community. */
export function tellOfPosts(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    sql`select event.id as event_id, reason.person_id, reason.kind, reason.rank, reason.entry_id,
        null::uuid as comment_id, e.community_id, null as reaction, reason.by_entry_id
      from event join entries e on e.id = event.subject_id and e.listed
      cross join lateral (
        select person_id, 'mention' as kind, 1 as rank, e.id as entry_id, null::uuid as by_entry_id
        from mentions where entry_id = e.id
        union all
        select o.author_id, 'curated', 2, o.id, e.id from entries o where o.id = e.curated_id
        union all
        select l.person_id, 'post', 3, e.id, null from notice_levels l
        where l.community_id = e.community_id and l.level = 'everything' and (e.everyone or exists (
          select 1 from memberships m where m.person_id = l.person_id and m.community_id = l.community_id))) reason`,
  );
}

/** A page names people: to each of them, once, however long it is written. */
export function tellOfNames(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    sql`select event.id as event_id, named.person_id, 'mention' as kind, 1 as rank, e.id as entry_id,
        null::uuid as comment_id, e.community_id, null as reaction, null::uuid as by_entry_id
      from event join entries e on e.id = event.subject_id and e.listed
        join mentions named on named.entry_id = e.id and event.data -> 'people' ? named.person_id::text`,
  );
}

/** Somebody reacted: to the author of the words. */
export function tellOfReactions(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    sql`select event.id as event_id, coalesce(c.author_id, e.author_id) as person_id, 'reaction' as kind, 1 as rank,
        e.id as entry_id, c.id as comment_id, e.community_id, event.data ->> 'kind' as reaction,
        null::uuid as by_entry_id
      from event left join comments c on event.data ->> 'on' = 'comment' and c.id = event.subject_id
        join entries e on e.id = coalesce(c.entry_id, event.subject_id)`,
  );
}

/** To those invited into a community. */
export function tellOfInvitations(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    atTheDoor(
      'community_invited',
      sql`join community_invitations i
    on i.community_id = event.subject_id and i.person_id = (event.data ->> 'personId')::uuid`,
      sql`i.person_id`,
    ),
  );
}

/** Somebody asks at the door: to the animators. */
export function tellOfRequests(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    atTheDoor(
      'community_asked',
      sql`join join_requests r
      on r.community_id = event.subject_id and r.person_id = event.actor_id
    join memberships m on m.community_id = r.community_id and m.role = 'animator'`,
      sql`m.person_id`,
    ),
  );
}

/** To those whom somebody else let in. */
export function tellOfWelcomes(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    atTheDoor(
      'community_joined',
      sql`join memberships m
    on m.community_id = event.subject_id and m.person_id = (event.data ->> 'personId')::uuid`,
      sql`m.person_id`,
    ),
  );
}

/** Something was reported: to those who may settle it, but never to whoever wrote it. */
export function tellOfReports(tx: Tx, events: StoredEvent[]): Promise<void> {
  const member = sql`select 1 from memberships m where m.person_id = p.id and m.community_id = it.community_id`;
  return tell(
    tx,
    events,
    sql`select event.id as event_id, keeper.id as person_id, 'report' as kind, 1 as rank, r.entry_id, r.comment_id,
        it.community_id, null as reaction, null::uuid as by_entry_id
      from event join reports r on r.id = event.subject_id and r.resolved_at is null
      cross join lateral (
        select e.community_id, e.everyone, coalesce(c.author_id, e.author_id) as author_id
          from entries e left join comments c on c.id = r.comment_id where e.id = r.entry_id and e.listed
        union all
        select w.community_id, w.everyone, w.owner_id from watches w where w.id = r.watch_id and w.community_id = r.community_id
          and w.shared_at is not null and w.deleted_at is null and w.hidden_at is null
        union all
        select d.community_id, d.everyone, d.founder_id from dossiers d
          where d.id = r.dossier_id and d.deleted_at is null and d.hidden_at is null) it
      cross join lateral (
        select p.id from people p where p.role in ('moderator', 'admin', 'owner') and (it.everyone or exists (${member}))
        union
        select p.id from memberships m join people p on p.id = m.person_id
          where m.community_id = it.community_id and m.role = 'animator' and p.role <> 'guest') keeper
      where keeper.id <> it.author_id`,
  );
}

/** Somebody's words were hidden: to him, wherever he may still read them. */
export function tellOfHidden(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(tx, events, toAuthors('hidden'));
}

/** They are shown again. */
export function tellOfShown(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(tx, events, toAuthors('shown'));
}

/** It names no community: whoever wants to hear nothing of it hears what became of his own words there. */
function toAuthors(kind: 'hidden' | 'shown') {
  return sql`select event.id as event_id, it.person_id, ${kind}::text as kind, 1 as rank, it.entry_id, it.comment_id,
      null::uuid as community_id, null as reaction, null::uuid as by_entry_id
    from event cross join lateral (
      select author_id as person_id, id as entry_id, null::uuid as comment_id from entries where id = event.subject_id
      union all
      select author_id, entry_id, id from comments where id = event.subject_id
      union all
      select owner_id, null, null from watches where id = event.subject_id
      union all
      select founder_id, null, null from dossiers where id = event.subject_id) it`;
}

/** A report was decided on: to whoever made it. */
export function tellOfSettled(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    sql`select event.id as event_id, r.reporter_id as person_id, 'report_' || r.outcome as kind, 1 as rank,
        null::uuid as entry_id, null::uuid as comment_id, null::uuid as community_id, null as reaction,
        null::uuid as by_entry_id
      from event join reports r on r.id = event.subject_id and r.resolved_at is not null`,
  );
}

/** A week brought something to a dossier: to the follower whose week it was. */
export function tellOfWeeks(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    sql`select event.id as event_id, f.person_id, 'dossier_week' as kind, 1 as rank, null::uuid as entry_id,
        null::uuid as comment_id, d.community_id, null as reaction, null::uuid as by_entry_id
      from event join dossiers d on d.id = event.subject_id
        join dossier_follows f on f.dossier_id = d.id and f.person_id = (event.data ->> 'personId')::uuid`,
  );
}

/** A scheduled post did not come out: to its author, while it is his draft. */
export function tellOfHeldBack(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(tx, events, ownDraft('held_back'));
}

/** A mail that came in somebody's name is a draft: to him, who alone brings it out. */
export function tellOfMailedDrafts(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(tx, events, ownDraft('by_mail'));
}

/** It names no community: its author may not see that one any more. */
function ownDraft(kind: (typeof OWN_KINDS)[number]) {
  return sql`select event.id as event_id, e.author_id as person_id, ${kind}::text as kind, 1 as rank, e.id as entry_id,
      null::uuid as comment_id, null::uuid as community_id, null as reaction, null::uuid as by_entry_id
    from event join entries e on e.id = event.subject_id`;
}

function atTheDoor(kind: string, who: ReturnType<typeof sql>, person: ReturnType<typeof sql>) {
  return sql`select event.id as event_id, ${person} as person_id, ${kind} as kind, 1 as rank, null::uuid as entry_id,
      null::uuid as comment_id, event.subject_id as community_id, null as reaction, null::uuid as by_entry_id
    from event ${who}`;
}
