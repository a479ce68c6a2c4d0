import { sql, type RawBuilder } from 'kysely';
import { PLANNED_ONCE, type Tx } from '../platform/db.ts';
import type { StoredEvent } from '../platform/event-stream.ts';
import { REPORTED_KINDS } from './kinds.ts';
import { isDecided, isOwn } from './sight.ts';

/** How long a mail waits for what else will be said of the same thing. */
const GATHER_SECONDS = 120;

/**
 * Writes the notices of these events, and what is to leave the network because of them. `heard` reads from `event`, the
 * events at hand. What a person asked to hear less of is never written: a kind, a thread (unless he is named,
 * asked to keep order there, or his own words are judged), a community. Handled again, it tells nobody twice.
 */
export async function tell(tx: Tx, events: StoredEvent[], heard: RawBuilder<unknown>): Promise<void> {
  await sql`${PLANNED_ONCE}with event as (select id, actor_id, subject_id, at, data
      from events where id = any(${events.map((event) => event.id)}::bigint[])),
    told as (insert into notifications (person_id, kind, event_id, actor_id, entry_id, comment_id, community_id,
        dossier_id, report_id, reaction, by_entry_id, created_at, thing_id)
      select distinct on (heard.event_id, heard.person_id) heard.person_id, heard.kind, event.id,
        case when not ${isDecided('heard')} then event.actor_id end,
        heard.entry_id, heard.comment_id, heard.community_id, heard.dossier_id, heard.report_id, heard.reaction, heard.by_entry_id, event.at,
        ${THING}
      from (select one.*, about.subject_id, case when one.kind = 'dossier_week' then about.subject_id end as dossier_id,
            case when one.kind in (${sql.join(REPORTED_KINDS)}) or (one.kind = 'report' and one.entry_id is null)
              then about.subject_id end as report_id
          from (${heard}) one join event about on about.id = one.event_id) heard
        join event on event.id = heard.event_id
        join people p on p.id = heard.person_id and p.status = 'active'
      where (heard.person_id is distinct from event.actor_id or ${isOwn('heard')}) and ${wanted('heard')}
      order by heard.event_id, heard.person_id, heard.rank
      on conflict (event_id, person_id) do nothing
      returning id, person_id, kind, coalesce(by_entry_id, entry_id, dossier_id, report_id, community_id, thing_id) as thing_id, created_at),
    leaving as (select told.id, told.person_id, told.thing_id, way.channel, way.due_at
      from told join people p on p.id = told.person_id
        left join notice_settings s on s.person_id = told.person_id
        cross join lateral (
          select 'mail' as channel, now() + make_interval(secs => ${GATHER_SECONDS}) as due_at
          where p.email is not null and coalesce(s.mail, true)
          union all
          select 'push', now()
          where exists (select 1 from push_subscriptions device where device.person_id = told.person_id)) way
      where ${RINGS}),
    gathering as (insert into deliveries (person_id, channel, what, thing_id, due_at)
      select person_id, channel, 'notice', thing_id, min(due_at) from leaving group by person_id, channel, thing_id
      on conflict (person_id, channel, what, thing_id) where attempts = 0 and sent_at is null and dropped_at is null
      -- Changes nothing, but holds the row: whoever wants to send it waits, and finds this notice in it.
      do update set attempts = deliveries.attempts
      returning id, person_id, channel, thing_id)
    insert into delivery_notices (delivery_id, notification_id)
    select gathering.id, leaving.id from gathering join leaving using (person_id, channel, thing_id)`.execute(
    tx,
  );
}

/** True where the person of a notice has not asked to hear less of such things. */
export function wanted(alias: string): RawBuilder<boolean> {
  const n = sql.ref(alias);
  return sql<boolean>`(not exists (select 1 from notice_kinds_off off
      where off.person_id = ${n}.person_id and off.kind = ${n}.kind)
    and (${n}.kind in ('mention', 'report', 'hidden', 'shown') or ${n}.entry_id is null or not exists (select 1 from thread_follows quiet
      where quiet.person_id = ${n}.person_id and quiet.entry_id = ${n}.entry_id and not quiet.following))
    and (${n}.dossier_id is null or exists (select 1 from dossier_follows followed
      where followed.person_id = ${n}.person_id and followed.dossier_id = ${n}.dossier_id))
    and (${n}.community_id is null or not exists (select 1 from notice_levels level
      where level.person_id = ${n}.person_id and level.community_id = ${n}.community_id and level.level = 'nothing')))`;
}

/** What the line of a notice is about: notices of one kind about one thing stand together. */
const THING = sql`case
  when heard.kind = 'report' and heard.report_id is not null then (select coalesce(r.watch_id, r.dossier_id) from reports r where r.id = heard.report_id)
  when heard.kind in ('reaction', 'report') or heard.comment_id is not null and heard.kind in ('hidden', 'shown')
    then coalesce(heard.comment_id, heard.entry_id)
  when heard.kind = 'post' then heard.community_id
  else coalesce(heard.entry_id, heard.dossier_id, heard.community_id, heard.subject_id) end`;

/** A reaction pleases later as well. What is a day old (a worker was away) is news for the page and the digest only. */
const RINGS = sql`told.kind <> 'reaction' and told.created_at > now() - interval '1 day'`;
