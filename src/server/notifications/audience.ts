import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '../platform/db.ts';
import type { StoredEvent } from '../platform/event-stream.ts';

type Fragment = RawBuilder<unknown>;

/*
 * Who hears of an event, and why. Nobody hears of what he did himself, nobody twice of the same event: the first
 * reason given stands. Whether he may still see it is asked again when he reads.
 */

/** Somebody said something: to those named, to the one answered, to the author of what it stands under. */
export function tellOfComment(tx: Tx, event: StoredEvent): Promise<void> {
  return tell(
    tx,
    event,
    sql`select reason.person_id, reason.kind, c.entry_id, c.id as comment_id, e.community_id, reason.rank
      from comments c join entries e on e.id = c.entry_id cross join lateral (
        select person_id, 'mention' as kind, 1 as rank from mentions where comment_id = c.id
        union all
        select p.author_id, 'reply', 2 from comments p where p.id = c.parent_id
        union all
        select e.author_id, 'comment', 3) reason
      where c.id = ${event.subject_id} and c.listed and e.listed`,
  );
}

/** A post came out: to those it names. */
export function tellOfPost(tx: Tx, event: StoredEvent): Promise<void> {
  return tell(
    tx,
    event,
    sql`select m.person_id, 'mention' as kind, e.id as entry_id, null::uuid as comment_id, e.community_id, 1 as rank
      from entries e join mentions m on m.entry_id = e.id where e.id = ${event.subject_id} and e.listed`,
  );
}

/** To the one invited into a community. */
export function tellOfInvitation(tx: Tx, event: StoredEvent): Promise<void> {
  return tell(
    tx,
    event,
    sql`select i.person_id, 'community_invited' as kind, null::uuid as entry_id, null::uuid as comment_id,
        i.community_id, 1 as rank
      from community_invitations i
      where i.community_id = ${event.subject_id} and i.person_id = ${personIn(event)}::uuid`,
  );
}

/** Somebody asks at the door: to the animators. */
export function tellOfRequest(tx: Tx, event: StoredEvent): Promise<void> {
  return tell(
    tx,
    event,
    sql`select m.person_id, 'community_asked' as kind, null::uuid as entry_id, null::uuid as comment_id,
        m.community_id, 1 as rank
      from memberships m join join_requests r on r.community_id = m.community_id and r.person_id = ${event.actor_id}
      where m.community_id = ${event.subject_id} and m.role = 'animator'`,
  );
}

/** To the one whom somebody else let in. */
export function tellOfWelcome(tx: Tx, event: StoredEvent): Promise<void> {
  return tell(
    tx,
    event,
    sql`select m.person_id, 'community_joined' as kind, null::uuid as entry_id, null::uuid as comment_id,
        m.community_id, 1 as rank
      from memberships m where m.community_id = ${event.subject_id} and m.person_id = ${personIn(event)}::uuid`,
  );
}

function personIn(event: StoredEvent): string | null {
  const { personId } = event.data;
  return typeof personId === 'string' ? personId : null;
}

async function tell(tx: Tx, event: StoredEvent, heard: Fragment): Promise<void> {
  await sql`insert into notifications (person_id, kind, event_id, actor_id, entry_id, comment_id, community_id, created_at)
    select distinct on (heard.person_id) heard.person_id, heard.kind, ${event.id}::bigint, ${event.actor_id}::uuid,
      heard.entry_id, heard.comment_id, heard.community_id, ${event.at}::timestamptz
    from (${heard}) heard join people p on p.id = heard.person_id and p.status = 'active'
    where heard.person_id is distinct from ${event.actor_id}::uuid
    order by heard.person_id, heard.rank
    on conflict (person_id, event_id) do nothing`.execute(tx);
}
