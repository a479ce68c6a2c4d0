import { sql } from 'kysely';
import { listedEntriesTo } from '../conversation/sight.ts';
import type { ReactionKind } from '../conversation/present.ts';
import { inTransaction, type Db, type Tx } from '../platform/db.ts';
import type { StoredEvent } from '../platform/event-stream.ts';
import { nextDigest, type DigestRhythm } from './digest-time.ts';
import { beside, type Beside } from './beside.ts';
import { ABOUT_EITHER, type NoticeKind } from './kinds.ts';
import { standing } from './sight.ts';
import { wanted } from './tell.ts';

const BATCH = 1_000;
/** Longer than any write takes: what is being written while a digest is made stands in the next one. */
const SETTLED_AFTER_MILLISECONDS = 60_000;

/** Puts on their way the digests whose time has come, and works out when the next ones come. Gives how many. */
export async function prepareDigests(db: Db, now = new Date()): Promise<number> {
  await sql`insert into notice_settings (person_id, digest_upto)
    select id, ${now} from people where status = 'active' and email is not null
      and not exists (select 1 from notice_settings where person_id = people.id)
    on conflict do nothing`.execute(db);
  let prepared = 0;
  for (;;) {
    const batch = await inTransaction(db, (tx) => prepareBatch(tx, now));
    prepared += batch.prepared;
    if (batch.seen < BATCH) return prepared;
  }
}

interface DueRow {
  person_id: string;
  digest: DigestRhythm;
  hour: number;
  weekday: number;
  digest_due: Date | null;
  time_zone: string;
}

async function prepareBatch(tx: Tx, now: Date): Promise<{ seen: number; prepared: number }> {
  const { rows } =
    await sql<DueRow>`select s.person_id, s.digest, s.digest_hour as hour, s.digest_weekday as weekday,
      s.digest_due, p.time_zone
    from notice_settings s join people p on p.id = s.person_id
    where s.digest <> 'none' and (s.digest_due is null or s.digest_due <= ${now}) and p.status = 'active'
    limit ${BATCH} for update of s skip locked`.execute(tx);
  const due = rows.filter((row) => row.digest_due !== null).map((row) => row.person_id);
  const next = rows.map((row) => nextDigest(row, row.time_zone, now));
  await sql`update notice_settings set digest_due = next.at
    from unnest(${rows.map((row) => row.person_id)}::uuid[], ${next}::timestamptz[]) next(id, at)
    where person_id = next.id`.execute(tx);
  await sql`insert into deliveries (person_id, channel, what, due_at)
    select person, 'mail', 'digest', ${now} from unnest(${due}::uuid[]) person
    where not exists (select 1 from deliveries open where open.person_id = person and open.channel = 'mail'
      and open.what = 'digest' and open.sent_at is null and open.dropped_at is null)
    on conflict do nothing`.execute(tx);
  return { seen: rows.length, prepared: due.length };
}

/** People changed the clock they live by: their digests follow it. */
export async function followClocks(tx: Tx, events: StoredEvent[]): Promise<void> {
  const moved = events.filter(({ data }) => Array.isArray(data.fields) && data.fields.includes('time_zone'));
  await sql`update notice_settings set digest_due = null
    where person_id = any(${moved.map(({ subject_id }) => subject_id)}::uuid[]) and digest_due > now()`.execute(
    tx,
  );
}

/** Who reads a digest, and until when it goes. */
export interface DigestReader {
  delivery: string;
  personId: string;
  to: string;
  name: string;
  language: 'fr' | 'en';
  timeZone: string;
  digest: DigestRhythm;
}

export interface DigestLine {
  delivery: string;
  kind: NoticeKind;
  name: string;
  voices: number;
  count: number;
  onComment: boolean;
  reactions: ReactionKind[];
  entryId: string | null;
  commentId: string | null;
  beside: Beside | null;
  dossierId: string | null;
  at: Date;
  title: string | null;
  slug: string | null;
  community: string | null;
  /** Lines there are in all. */
  many: number;
}

export interface DigestPost {
  delivery: string;
  id: string;
  title: string;
  excerpt: string;
  author: string;
  community: string | null;
  comments: number;
  many: number;
}

export interface Digests {
  /** They say what came out until then. */
  upto: Date;
  readers: DigestReader[];
  lines: Map<string, DigestLine[]>;
  posts: Map<string, DigestPost[]>;
}

const MOST_LINES = 10;
const MOST_POSTS = 8;

/**
 * What these digests are to say, as their readers may see it now: unread notices that no mail tells, and what came out
 * in what they follow. Three queries for any number of readers.
 */
export async function readDigests(db: Db, deliveryIds: string[], now: Date): Promise<Digests> {
  if (deliveryIds.length === 0) return { upto: now, readers: [], lines: new Map(), posts: new Map() };
  const upto = new Date(now.getTime() - SETTLED_AFTER_MILLISECONDS);
  const [readers, lines, posts] = await Promise.all([
    readReaders(db, deliveryIds),
    readLines(db, deliveryIds, upto),
    readPosts(db, deliveryIds, upto),
  ]);
  return {
    upto,
    readers,
    lines: Map.groupBy(lines, ({ delivery }) => delivery),
    posts: Map.groupBy(posts, ({ delivery }) => delivery),
  };
}

/** The rows of people who read, each with his delivery and from when on he is told. */
function viewers(deliveryIds: string[]) {
  return sql`select p.*, d.id as delivery, s.digest, s.digest_upto
    from deliveries d join people p on p.id = d.person_id and p.status = 'active' and p.email is not null
      join notice_settings s on s.person_id = p.id and s.digest <> 'none'
    where d.id = any(${deliveryIds}::uuid[])`;
}

async function readReaders(db: Db, deliveryIds: string[]): Promise<DigestReader[]> {
  const { rows } =
    await sql<DigestReader>`select delivery, id as "personId", email as to, name, language, time_zone as "timeZone", digest
    from (${viewers(deliveryIds)}) viewer`.execute(db);
  return rows;
}

async function readLines(db: Db, deliveryIds: string[], upto: Date): Promise<DigestLine[]> {
  const { rows } = await sql<DigestLine>`with viewer as materialized (${viewers(deliveryIds)}),
    one as materialized (select viewer.delivery, n.*, ${beside()} as beside from viewer join notifications n on n.person_id = viewer.id
      where n.read_at is null and n.created_at > viewer.digest_upto and n.created_at <= ${upto}
        and ${wanted('n')} and ${standing()} and not exists (select 1 from delivery_notices told
          join deliveries mail on mail.id = told.delivery_id and mail.channel = 'mail' and mail.dropped_at is null
          where told.notification_id = n.id)),
    line as (select delivery, kind, count(*)::int as count, count(distinct actor_id)::int as voices,
        max(created_at) as at, (array_agg(actor_id order by created_at desc, id desc))[1] as actor_id,
        (array_agg(entry_id order by created_at, id))[1] as entry_id,
        (array_agg(comment_id order by created_at, id))[1] as comment_id,
        (array_agg(community_id))[1] as community_id, (array_agg(dossier_id))[1] as dossier_id,
        (array_agg(beside order by created_at desc, id desc))[1] as beside,
        coalesce(json_agg(distinct reaction) filter (where reaction is not null), '[]') as reactions
      from one group by delivery, kind, thing_id),
    placed as (select line.*, row_number() over (partition by delivery order by at desc, kind) as number,
        count(*) over (partition by delivery)::int as many from line)
    select delivery, placed.kind, placed.count, voices, many, coalesce(did.name, '') as name, reactions,
      placed.kind in (${sql.join(ABOUT_EITHER)}) and comment_id is not null as "onComment", entry_id as "entryId", comment_id as "commentId",
      beside, placed.dossier_id as "dossierId", placed.at,
      coalesce(d.name, beside ->> 'title', nullif(e.title, ''), left(e.excerpt, 80)) as title, c.slug, c.name as community
    from placed left join people did on did.id = actor_id left join entries e on e.id = entry_id
      left join communities c on c.id = placed.community_id left join dossiers d on d.id = placed.dossier_id
    where number <= ${MOST_LINES} order by delivery, number`.execute(db);
  return rows;
}

async function readPosts(db: Db, deliveryIds: string[], upto: Date): Promise<DigestPost[]> {
  const { rows } = await sql<DigestPost>`with viewer as materialized (${viewers(deliveryIds)}),
    since as (select coalesce(min(digest_upto), now()) as at from viewer),
    recent as materialized (
      select e.* from entries e, since
      where e.listed and e.everyone and e.kind = 'post' and e.published_at > since.at and e.published_at <= ${upto}
      union all
      select e.* from since cross join communities c cross join lateral (select * from entries
        where entries.community_id = c.id and listed and kind = 'post' and not everyone
          and published_at > since.at and published_at <= ${upto}) e
      where not c.open),
    followed as materialized (select viewer.delivery, f.kind, f.target_id from viewer join follows f on f.person_id = viewer.id),
    found as (
      select f.delivery, e.id from followed f join recent e on f.kind = 'community' and e.community_id = f.target_id
      union
      select f.delivery, e.id from followed f join recent e on f.kind = 'person' and e.author_id = f.target_id
      union
      select f.delivery, e.id from followed f join entry_tags t on f.kind = 'tag' and t.tag_id = f.target_id
        join recent e on e.id = t.entry_id),
    told as (select viewer.delivery, e.id, e.title, e.excerpt, said.comment_count, e.author_id, e.community_id,
        row_number() over (partition by viewer.delivery order by
          said.comment_count + e.thanks + e.useful + e.agree + e.insightful desc, e.published_at desc, e.id) as number,
        count(*) over (partition by viewer.delivery)::int as many
      from found join viewer on viewer.delivery = found.delivery join recent e on e.id = found.id
        join entry_activity said on said.entry_id = e.id
      where e.published_at > greatest(viewer.digest_upto, viewer.read_before) and e.author_id <> viewer.id
        and ${listedEntriesTo('viewer', 'e')}
        and not exists (select 1 from reads r where r.person_id = viewer.id and r.entry_id = e.id)
        and not exists (select 1 from notice_levels level where level.person_id = viewer.id
          and level.community_id = e.community_id and level.level = 'nothing')
        and not exists (select 1 from notifications n where n.person_id = viewer.id and n.comment_id is null
          and (n.entry_id = e.id or n.by_entry_id = e.id) and n.kind in ('mention', 'post', 'curated')))
    select delivery, told.id, coalesce(nullif(told.title, ''), left(told.excerpt, 80)) as title, told.excerpt,
      a.name as author, c.name as community, comment_count as comments, many
    from told join people a on a.id = told.author_id left join communities c on c.id = told.community_id
    where number <= ${MOST_POSTS} order by delivery, number`.execute(db);
  return rows;
}

/** What was told until `upto` is not told again. */
export async function markTold(tx: Tx, personId: string, upto: Date): Promise<void> {
  await sql`update notice_settings set digest_upto = greatest(digest_upto, ${upto}) where person_id = ${personId}`.execute(
    tx,
  );
}
