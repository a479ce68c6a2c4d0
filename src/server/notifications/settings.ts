import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { visibleCommunities } from '../communities/sight.ts';
import type { CommunityRef } from '../conversation/present.ts';
import { invalid } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { nextDigest, type DigestRhythm, type DigestTime } from './digest-time.ts';
import type { NoticeKind, NoticeLevel } from './kinds.ts';

/** How the actor wants to hear of things. */
export interface NoticeSettings extends DigestTime {
  /** Notices also come by mail. */
  mail: boolean;
  /** Kinds he wants to hear nothing of. */
  kindsOff: NoticeKind[];
  /** Communities of which he wants more, or less, than what concerns him: the first 200 by name. */
  levels: { community: CommunityRef; level: NoticeLevel }[];
}

const MOST_LEVELS = 200;

interface SettingsRow {
  mail: boolean;
  digest: DigestRhythm;
  hour: number;
  weekday: number;
  kindsOff: NoticeKind[];
  levels: NoticeSettings['levels'];
}

/** The actor's own settings. */
export async function noticeSettings(db: Db, actor: Actor): Promise<NoticeSettings> {
  const { rows } =
    await sql<SettingsRow>`select coalesce(s.mail, true) as mail, coalesce(s.digest, 'day') as digest,
      coalesce(s.digest_hour, 8) as hour, coalesce(s.digest_weekday, 1) as weekday,
      array(select kind from notice_kinds_off where person_id = people.id order by kind) as "kindsOff",
      (select coalesce(json_agg(json_build_object('level', level, 'community', json_build_object('slug', slug,
          'name', name, 'emoji', emoji, 'access', access)) order by name_key, id), '[]')
        from (select communities.*, l.level from notice_levels l join communities on communities.id = l.community_id
          where l.person_id = people.id and ${visibleCommunities(actor)}
          order by name_key, communities.id limit ${MOST_LEVELS}) chosen) as levels
    from people left join notice_settings s on s.person_id = people.id where people.id = ${actor.id}`.execute(
      db,
    );
  return rows[0]!;
}

export interface NoticeSettingsChange {
  mail?: boolean | undefined;
  digest?: string | undefined;
  hour?: number | undefined;
  weekday?: number | undefined;
}

/**
 * From when on a digest that begins now tells. Moments are kept to the millisecond, and the process cuts where the
 * database rounds: what is said right after must not look older.
 */
export const FROM_NOW = sql<Date>`now() - interval '2 ms'`;

/** Changes them; what is not given stays. */
export async function changeNoticeSettings(
  tx: Tx,
  actor: Actor,
  change: NoticeSettingsChange,
): Promise<void> {
  const before = await noticeSettings(tx, actor);
  const time = {
    digest: checkRhythm(change.digest ?? before.digest),
    hour: checkWithin('hour', change.hour ?? before.hour, 0, 23),
    weekday: checkWithin('weekday', change.weekday ?? before.weekday, 1, 7),
  };
  const mail = change.mail ?? before.mail;
  const due = nextDigest(time, actor.timeZone, new Date());
  // Who had no digest begins anew: what came out meanwhile is on the pages.
  await sql`insert into notice_settings (person_id, mail, digest, digest_hour, digest_weekday, digest_due, digest_upto)
    values (${actor.id}, ${mail}, ${time.digest}, ${time.hour}, ${time.weekday}, ${due}, ${FROM_NOW})
    on conflict (person_id) do update set mail = excluded.mail, digest = excluded.digest,
      digest_hour = excluded.digest_hour, digest_weekday = excluded.digest_weekday, digest_due = excluded.digest_due,
      digest_upto = case when notice_settings.digest = 'none' then ${FROM_NOW} else notice_settings.digest_upto end`.execute(
    tx,
  );
  await recordEvent(tx, {
    name: 'notices.set',
    actorId: actor.id,
    subjectId: actor.id,
    data: { mail, ...time },
  });
}

function checkRhythm(text: string): DigestRhythm {
  if (text !== 'none' && text !== 'day' && text !== 'week') throw invalid('digest', 'unknown_rhythm');
  return text;
}

function checkWithin(field: 'hour' | 'weekday', value: number, least: number, most: number): number {
  if (!Number.isInteger(value) || value < least || value > most) throw invalid(field, 'out_of_range');
  return value;
}
