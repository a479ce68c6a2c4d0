import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '../platform/db.ts';
import type { StoredEvent } from '../platform/event-stream.ts';

type Fragment = RawBuilder<unknown>;

/*
 * Who hears of an event, and why. Nobody hears of what he did himself, nobody twice of the same event: the first
 * reason given stands. Whether he may still see it is asked again when he reads.
 */

/** Something was said: to those named, to the one answered, to the author of what it stands under. */
export function tellOfComments(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    sql`select event.id as event_id, reason.person_id, reason.kind, c.entry_id, c.id as comment_id, e.community_id,
        reason.rank
      from event join comments c on c.id = event.subject_id and c.listed join entries e on e.id = c.entry_id and e.listed
      cross join lateral (
        select person_id, 'mention' as kind, 1 as rank from mentions where comment_id = c.id
        union all
        select p.author_id, 'reply', 2 from comments p where p.id = c.parent_id
        union all
        select e.author_id, 'comment', 3) reason`,
  );
}

/** Posts came out: to those they name. */
export function tellOfPosts(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    sql`select event.id as event_id, m.person_id, 'mention' as kind, e.id as entry_id, null::uuid as comment_id,
        e.community_id, 1 as rank
      from event join entries e on e.id = event.subject_id and e.listed join mentions m on m.entry_id = e.id`,
  );
}

/** To those invited into a community. */
export function tellOfInvitations(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    sql`select event.id as event_id, i.person_id, 'community_invited' as kind, null::uuid as entry_id,
        null::uuid as comment_id, i.community_id, 1 as rank
      from event join community_invitations i on i.community_id = event.subject_id and i.person_id = event.person_id`,
  );
}

/** Somebody asks at the door: to the animators. */
export function tellOfRequests(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    sql`select event.id as event_id, m.person_id, 'community_asked' as kind, null::uuid as entry_id,
        null::uuid as comment_id, m.community_id, 1 as rank
      from event join join_requests r on r.community_id = event.subject_id and r.person_id = event.actor_id
        join memberships m on m.community_id = r.community_id and m.role = 'animator'`,
  );
}

/** To those whom somebody else let in. */
export function tellOfWelcomes(tx: Tx, events: StoredEvent[]): Promise<void> {
  return tell(
    tx,
    events,
    sql`select event.id as event_id, m.person_id, 'community_joined' as kind, null::uuid as entry_id,
        null::uuid as comment_id, m.community_id, 1 as rank
      from event join memberships m on m.community_id = event.subject_id and m.person_id = event.person_id`,
  );
}

/** Something was reported: to those who may settle it, but never to whoever wrote it. */
export function tellOfReports(tx: Tx, events: StoredEvent[]): Promise<void> {
  const member = sql`select 1 from memberships m where m.person_id = p.id and m.community_id = e.community_id`;
  return tell(
    tx,
    events,
    sql`select event.id as event_id, keeper.id as person_id, 'report' as kind, r.entry_id, r.comment_id, e.community_id,
        1 as rank
      from event join reports r on r.id = event.subject_id and r.resolved_at is null
        join entries e on e.id = r.entry_id and e.listed left join comments c on c.id = r.comment_id
      cross join lateral (
        select p.id from people p where p.role in ('moderator', 'admin', 'owner') and (e.everyone or exists (${member}))
        union
        select p.id from memberships m join people p on p.id = m.person_id
          where m.community_id = e.community_id and m.role = 'animator' and p.role <> 'guest') keeper
      where keeper.id <> coalesce(c.author_id, e.author_id)`,
  );
}

/** `heard` reads from `event`: the events at hand, with the person that their data name. */
async function tell(tx: Tx, events: StoredEvent[], heard: Fragment): Promise<void> {
  await sql`with event as (select id, actor_id, subject_id, at, (data ->> 'personId')::uuid as person_id
      from events where id = any(${events.map((event) => event.id)}::bigint[]))
    insert into notifications (person_id, kind, event_id, actor_id, entry_id, comment_id, community_id, created_at)
    select distinct on (heard.event_id, heard.person_id) heard.person_id, heard.kind, event.id, event.actor_id,
      heard.entry_id, heard.comment_id, heard.community_id, event.at
    from (${heard}) heard join event on event.id = heard.event_id
      join people p on p.id = heard.person_id and p.status = 'active'
    where heard.person_id is distinct from event.actor_id
    order by heard.event_id, heard.person_id, heard.rank
    on conflict (person_id, event_id) do nothing`.execute(tx);
}
