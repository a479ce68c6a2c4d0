import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { reachable, readableCommunities, visibleCommunities, visiblePeople } from '../communities/sight.ts';
import { visibleComments, visibleEntries } from '../conversation/sight.ts';
import { spelling } from '../conversation/tags.ts';
import { REGRETTABLE_SINCE } from '../conversation/regret.ts';
import type { Db } from '../platform/db.ts';
import { chosenCoverColumn } from '../posts/cover.ts';

/** One section of an export, in batches: each holds the rows as JSON will show them. */
export type Batches = AsyncGenerator<object[]>;

/** What a person says of himself, and how he signs in. */
export async function readOwnProfile(db: Db, actor: Actor): Promise<object> {
  const { rows } =
    await sql<object>`select handle, name, email, role, headline, bio, asks_about as "asksAbout",
      helps_with as "helpsWith", website, language, time_zone as "timeZone", created_at as "since",
      (select "twoFactorEnabled" from auth_user where auth_user.id = people.auth_user_id) as "secondFactor",
      (select 'data:image/webp;base64,' || translate(encode(large, 'base64'), E'\\n', '') from pictures
        where pictures.id = people.picture) as picture
    from people where id = ${actor.id}`.execute(db);
  return rows[0] ?? {};
}

const MINE = (actor: Actor) => sql`auth_user_id from people where id = ${actor.id}`;

/** Small sections, each read at once: nobody has more of these than fit on some pages. */
export function smallSections(actor: Actor): Record<string, RawBuilder<object>> {
  return {
    sessions: sql`select "createdAt" as "openedAt", "expiresAt" as "endsAt", "userAgent" as browser from auth_session
      where "userId" = (select ${MINE(actor)}) order by "createdAt", id`,
    passkeys: sql`select name, "createdAt" as "addedAt" from auth_passkey
      where "userId" = (select ${MINE(actor)}) order by "createdAt", id`,
    tokens: sql`select name, scopes, created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt",
        last_used_on as "lastUsedOn" from api_tokens where person_id = ${actor.id} order by created_at, id`,
    memberships: sql`select slug, name, access, own.role, own.joined_at as "joinedAt" from memberships own
      join communities on communities.id = own.community_id
      where own.person_id = ${actor.id} and ${visibleCommunities(actor)} order by own.joined_at, own.community_id`,
    joinRequests: sql`select slug, name, message, asked.created_at as "askedAt" from join_requests asked
      join communities on communities.id = asked.community_id
      where asked.person_id = ${actor.id} and ${visibleCommunities(actor)} order by asked.created_at, asked.community_id`,
    follows: sql`select f.kind, coalesce(communities.slug, people.handle, tags.slug) as key,
        coalesce(communities.name, people.name, ${spelling(actor)}, tags.slug) as name, f.created_at as "since" from follows f
      left join communities on f.kind = 'community' and communities.id = f.target_id and ${readableCommunities(actor)}
      left join people on f.kind = 'person' and people.id = f.target_id and ${visiblePeople(actor)}
      left join tags on f.kind = 'tag' and tags.id = f.target_id
      where f.person_id = ${actor.id} and coalesce(communities.id, people.id, tags.id) is not null
      order by f.kind, f.created_at, f.target_id`,
    hours: sql`select days, opens_at as "opensAtMinute", closes_at as "closesAtMinute" from quiet_hours
      where person_id = ${actor.id}`,
    leave: sql`select from_day as "from", to_day as "to" from quiet_leave where person_id = ${actor.id}
      order by from_day, id`,
    notices: sql`select coalesce(s.mail, true) as mail, coalesce(s.digest, 'day') as digest,
        coalesce(s.digest_hour, 8) as "digestHour", coalesce(s.digest_weekday, 1) as "digestWeekday",
        array(select kind from notice_kinds_off where person_id = people.id order by kind) as "kindsOff"
      from people left join notice_settings s on s.person_id = people.id where people.id = ${actor.id}`,
    noticeLevels: sql`select slug, name, level from notice_levels join communities on communities.id = community_id
      where person_id = ${actor.id} and ${visibleCommunities(actor)} order by slug`,
    threads: sql`select ${placeOf(actor)} as post, following from thread_follows
      join entries on entries.id = entry_id where person_id = ${actor.id} and ${visibleEntries(actor)}
      order by entry_id`,
    writeAddresses: sql`select slug, name, own.created_at as "since" from write_addresses own
      join communities on communities.id = own.community_id
      where own.person_id = ${actor.id} and ${visibleCommunities(actor)} order by own.created_at, own.community_id`,
    unpublishedChanges: sql`select ${placeOf(actor)} as post, reworks.fields, reworks.saved_at as "savedAt" from reworks
      join entries on entries.id = reworks.entry_id where reworks.person_id = ${actor.id} order by reworks.saved_at,
      reworks.id`,
    companionship: sql`select contact, since from companions where person_id = ${actor.id}`,
    insistences: sql`select people.name as "rung", reason, quiet_insistences.created_at as "at" from quiet_insistences
      join people on people.id = person_id where author_id = ${actor.id} and ${visiblePeople(actor)}
      order by quiet_insistences.created_at, quiet_insistences.id`,
    outsideBlogs: sql`select feed_url as "feedUrl", site_url as "siteUrl", title, created_at as "since"
      from outside_blogs where person_id = ${actor.id} order by created_at, id`,
    imports: sql`select kind, source, status, landed, created_at as "askedAt" from imports
      where asked_by = ${actor.id} order by created_at, id`,
    reports: sql`select reason, words, created_at as "createdAt", outcome, answer, resolved_at as "resolvedAt"
      from reports where reporter_id = ${actor.id} order by created_at, id`,
    claims: sql`select a.name as author, words, claims.created_at as "createdAt", declined_at as "declinedAt"
      from claims join people a on a.id = claims.outside_id where claimant_id = ${actor.id} order by claims.created_at`,
    invitations: sql`select email, role, reusable, created_at as "createdAt", expires_at as "expiresAt",
        revoked_at as "revokedAt" from invitations where created_by = ${actor.id} order by created_at, id`,
  };
}

/** Title and address of an entry of the query, where the actor may still see it. */
function placeOf(actor: Actor): RawBuilder<object> {
  return sql`case when ${visibleEntries(actor)} then
    json_build_object('title', entries.title, 'url', '/posts/' || entries.id) end`;
}

/**
 * His posts, drafts and what he deleted lately among them, each with its former versions; pages that he began, where he
 * still reads them, for others wrote on. What became of his words in a place he has left is not told.
 */
export async function* ownPosts(db: Db, actor: Actor): Batches {
  const within = reachable(actor, 'entries');
  // Ids are small and tell once what there is; the texts come twenty at a time.
  const { rows } = await sql<{ id: string }>`select id from entries where author_id = ${actor.id}
    and (kind = 'post' or ${within})
    and (deleted_at is null or deleted_at > ${REGRETTABLE_SINCE}) order by coalesce(published_at, created_at), id`.execute(
    db,
  );
  const ids = rows.map(({ id }) => id);
  for (let at = 0; at < ids.length; at += 20) {
    const batch =
      await sql<object>`select entries.id, '/posts/' || entries.id as url, title, body, html, status,
        (select json_build_object('slug', slug, 'name', name) from communities
          where communities.id = entries.community_id and ${visibleCommunities(actor)}) as community,
        (select coalesce(json_agg(label order by slug), '[]') from entry_tags join tags on tags.id = tag_id
          where entry_id = entries.id) as tags,
        ${chosenCoverColumn} as cover,
        cover_alt as "coverAlt", source_url as "sourceUrl", source_title as "sourceTitle", source_author as "sourceAuthor",
        (select json_build_object('title', title, 'url', '/posts/' || id) from entries o
          where o.id = entries.curated_id and ${visibleEntries(actor, 'o')}) as "passedOnFrom",
        enclosure, created_at as "createdAt", published_at as "publishedAt", edited_at as "editedAt",
        deleted_at as "deletedAt", case when ${within} then hidden_at end as "hiddenAt",
        case when ${within} then hidden_reason end as "hiddenReason",
        case when ${within} then
          json_build_object('thanks', thanks, 'useful', useful, 'agree', agree, 'insightful', insightful) end as received,
        ${versions('entry_id', 'entries.id')} as versions
      from entries join unnest(${ids.slice(at, at + 20)}::uuid[]) with ordinality wanted (id, rank) using (id)
      where author_id = ${actor.id} order by wanted.rank`.execute(db);
    yield batch.rows;
  }
}

function versions(column: 'entry_id' | 'comment_id', id: string): RawBuilder<object[]> {
  return sql`(select coalesce(json_agg(json_build_object('title', r.title, 'body', r.body, 'replacedAt',
    to_char(r.replaced_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by r.replaced_at, r.id), '[]')
    from revisions r where r.${sql.ref(column)} = ${sql.ref(id)})`;
}

/** His comments, with where they stand and what they answer. */
export function ownComments(db: Db, actor: Actor): Batches {
  const answered = sql`(select json_build_object('url', '/posts/' || p.entry_id || '#comment-' || p.id) from comments p
    where p.id = c.parent_id and ${visibleEntries(actor)} and ${visibleComments(actor, 'p')})`;
  const within = reachable(actor, 'entries');
  return byKeyset(
    db,
    sql`c.created_at`,
    sql`c.id`,
    50,
    (after) => sql`
    select c.id, c.created_at as at, c.body, c.html, ${placeOf(actor)} as under, ${answered} as answers,
      c.created_at as "createdAt", c.edited_at as "editedAt", c.deleted_at as "deletedAt",
      case when ${within} then c.hidden_at end as "hiddenAt", case when ${within} then c.hidden_reason end as "hiddenReason",
      case when ${within} then json_build_object('thanks', c.thanks, 'useful', c.useful, 'agree', c.agree,
        'insightful', c.insightful) end as received,
      ${versions('comment_id', 'c.id')} as versions
    from comments c join entries on entries.id = c.entry_id
    where c.author_id = ${actor.id} and (c.deleted_at is null or c.deleted_at > ${REGRETTABLE_SINCE}) ${after}`,
  );
}

/** His reactions, on what he may still see: what is gone for him has left nothing behind, not even a number. */
export function ownReactions(db: Db, actor: Actor): Batches {
  const on = sql`coalesce(r.entry_id, r.comment_id)`;
  const key = sql`md5(${on}::text || r.kind)::uuid`;
  return byKeyset(
    db,
    sql`r.created_at`,
    key,
    500,
    (after) => sql`
    select ${key} as id, r.created_at as at, r.kind, r.created_at as "givenAt",
      case when r.comment_id is null then 'post' else 'comment' end as on, ${placeOf(actor)} as under
    from reactions r left join comments c on c.id = r.comment_id
      join entries on entries.id = coalesce(r.entry_id, c.entry_id)
    where r.person_id = ${actor.id} and ${visibleEntries(actor)} and (c.id is null or ${visibleComments(actor, 'c')})
      ${after}`,
  );
}

/** What he has opened and up to which word, so that it is no longer unread, as far as he may still see it. */
export function ownReads(db: Db, actor: Actor): Batches {
  return byKeyset(
    db,
    sql`r.person_id`,
    sql`r.entry_id`,
    1000,
    (after) => sql`
    select r.entry_id as id, r.person_id as at, r.read_at as "readUpTo", ${placeOf(actor)} as post
    from reads r join entries on entries.id = r.entry_id
    where r.person_id = ${actor.id} and ${visibleEntries(actor)} ${after}`,
  );
}

/** The files that he brought, each with the address of its bytes, for his token. */
export function ownFiles(db: Db, actor: Actor): Batches {
  return byKeyset(
    db,
    sql`files.created_at`,
    sql`files.id`,
    500,
    (after) => sql`
    select files.id, files.created_at as at, name, type, bytes, '/api/v1/files/' || files.id || '/content' as url,
      files.created_at as "createdAt"
    from files join blobs using (sha256) where owner_id = ${actor.id} ${after}`,
  );
}

/** What the network told him and is still within his sight. */
export function ownNotifications(db: Db, actor: Actor): Batches {
  return byKeyset(
    db,
    sql`n.created_at`,
    sql`n.id`,
    500,
    (after) => sql`
    select n.id, n.created_at as at, n.kind, n.created_at as "createdAt", n.read_at as "readAt", ${placeOf(actor)} as about
    from notifications n left join entries on entries.id = n.entry_id left join comments c on c.id = n.comment_id
      left join communities on communities.id = n.community_id
    where n.person_id = ${actor.id} and (n.comment_id is null or ${visibleComments(actor, 'c')})
      and (${visibleEntries(actor)} or (n.entry_id is null and ${visibleCommunities(actor)})) ${after}`,
  );
}

/** Walks `question`, ordered by two columns that it names `at` and `id`, a batch at a time; `id` and `at` stay inside. */
export async function* byKeyset(
  db: Db,
  at: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
  size: number,
  question: (after: RawBuilder<unknown>) => RawBuilder<unknown>,
): Batches {
  let last: { at: Date | string; id: string } | undefined;
  do {
    const after = last ? sql`and (${at}, ${id}) > (${last.at}, ${last.id})` : sql``;
    const { rows } = await sql<{ at: Date | string; id: string }>`${question(after)}
      order by ${at}, ${id} limit ${size}`.execute(db);
    yield rows.map(({ at: _, id: __, ...row }) => row);
    last = rows.length === size ? rows.at(-1) : undefined;
  } while (last);
}
