import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { communityForReading } from '../communities/access.ts';
import { visibleCommunities } from '../communities/sight.ts';
import { isSlug } from '../communities/slug.ts';
import { listedEntries } from '../conversation/sight.ts';
import { invalid, notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import { NOTICE_KINDS, NOTICE_LEVELS, type NoticeKind, type NoticeLevel } from './kinds.ts';

/*
 * More of something, or less. Each is one gesture, and its opposite undoes it. Nobody else is told.
 */

/**
 * Follows a thread he may see, or hears of it no more unless he is named.
 */
export async function followThread(tx: Tx, actor: Actor, entryId: string, following: boolean): Promise<void> {
  if (!isId(entryId)) throw notFound();
  const changed = await sql`insert into thread_follows (person_id, entry_id, following)
    select ${actor.id}, entries.id, ${following} from entries where entries.id = ${entryId} and ${listedEntries(actor)}
    on conflict (person_id, entry_id) do update set following = excluded.following`.execute(tx);
  if (!changed.numAffectedRows) throw notFound();
  await record(tx, actor, following ? 'thread.followed' : 'thread.left', entryId);
}

/** Whether the actor hears of what is said under an entry: because he asked to, or because he spoke or wrote it. */
export async function followsThread(db: Db, actor: Actor, entryId: string): Promise<boolean> {
  const { rows } = await sql<{ follows: boolean }>`select coalesce(
      (select following from thread_follows where person_id = ${actor.id} and entry_id = ${entryId}),
      exists (select 1 from entries where id = ${entryId} and author_id = ${actor.id})
        or exists (select 1 from comments where entry_id = ${entryId} and author_id = ${actor.id} and listed)) as follows`.execute(
    db,
  );
  return rows[0]?.follows ?? false;
}

/** Wants notices of this kind, or none of them. */
export async function wantKind(tx: Tx, actor: Actor, kind: string, wanted: boolean): Promise<void> {
  if (!NOTICE_KINDS.includes(kind as NoticeKind)) throw invalid('kind', 'unknown_kind');
  if (wanted) {
    await sql`delete from notice_kinds_off where person_id = ${actor.id} and kind = ${kind}`.execute(tx);
  } else {
    await sql`insert into notice_kinds_off (person_id, kind) values (${actor.id}, ${kind})
      on conflict do nothing`.execute(tx);
  }
  await record(tx, actor, wanted ? 'notices.kind_wanted' : 'notices.kind_left', actor.id, { kind });
}

/** Wants notices of these kinds, and of no other. */
export async function wantKinds(tx: Tx, actor: Actor, wanted: string[]): Promise<void> {
  await sql`delete from notice_kinds_off where person_id = ${actor.id} and kind = any(${wanted})`.execute(tx);
  await sql`insert into notice_kinds_off (person_id, kind)
    select ${actor.id}, kind from unnest(${[...NOTICE_KINDS]}::text[]) kind where kind <> all(${wanted})
    on conflict do nothing`.execute(tx);
  await record(tx, actor, 'notices.kinds_chosen', actor.id, { wanted });
}

/** What the actor hears of a community. */
export async function levelIn(db: Db, actor: Actor, communityId: string): Promise<NoticeLevel> {
  const row = await db
    .selectFrom('notice_levels')
    .select('level')
    .where('person_id', '=', actor.id)
    .where('community_id', '=', communityId)
    .executeTakeFirst();
  return (row?.level as NoticeLevel | undefined) ?? 'concerns';
}

/** Chooses what one hears of a community. Everything: only where one may read; the rest: wherever one sees the door. */
export async function setLevel(tx: Tx, actor: Actor, slug: string, level: string): Promise<void> {
  if (!NOTICE_LEVELS.includes(level as NoticeLevel)) throw invalid('level', 'unknown_level');
  const communityId =
    level === 'everything'
      ? await communityForReading(tx, actor, slug)
      : await knownCommunity(tx, actor, slug);
  if (level === 'concerns') {
    await sql`delete from notice_levels where person_id = ${actor.id} and community_id = ${communityId}`.execute(
      tx,
    );
  } else {
    await sql`insert into notice_levels (person_id, community_id, level) values (${actor.id}, ${communityId}, ${level})
      on conflict (person_id, community_id) do update set level = excluded.level`.execute(tx);
  }
  await record(tx, actor, 'notices.level_chosen', communityId, { level });
}

async function knownCommunity(tx: Tx, actor: Actor, slug: string): Promise<string> {
  const found = isSlug(slug)
    ? await tx
        .selectFrom('communities')
        .select('id')
        .where('slug', '=', slug)
        .where(visibleCommunities(actor))
        .executeTakeFirst()
    : undefined;
  if (!found) throw notFound();
  return found.id;
}

function record(
  tx: Tx,
  actor: Actor,
  name: string,
  subjectId: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  return recordEvent(tx, { name, actorId: actor.id, subjectId, data });
}
