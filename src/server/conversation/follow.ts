import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { readableCommunities, visiblePeople } from '../communities/sight.ts';
import { invalid, notFound } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { isId } from '../platform/keyset.ts';
import type { TagRef } from './present.ts';
import { listedEntries } from './sight.ts';
import { spelling } from './tags.ts';

export interface Followed {
  kind: 'community' | 'person' | 'tag';
  id: string;
}

/** Follows silently: nobody is told. A second time changes nothing. */
export async function follow(tx: Tx, actor: Actor, target: Followed): Promise<void> {
  await requireFollowable(tx, actor, target);
  const inserted = await sql`insert into follows (person_id, kind, target_id)
    values (${actor.id}, ${target.kind}, ${target.id}) on conflict do nothing`.execute(tx);
  if (inserted.numAffectedRows) await record(tx, actor, target, 'follow.started');
}

/** Stops following; what was not followed changes nothing. */
export async function unfollow(tx: Tx, actor: Actor, target: Followed): Promise<void> {
  if (!isId(target.id)) throw notFound();
  const deleted = await sql`delete from follows
    where person_id = ${actor.id} and kind = ${target.kind} and target_id = ${target.id}`.execute(tx);
  if (deleted.numAffectedRows) await record(tx, actor, target, 'follow.stopped');
}

function record(tx: Tx, actor: Actor, target: Followed, name: string): Promise<void> {
  return recordEvent(tx, { name, actorId: actor.id, subjectId: target.id, data: { kind: target.kind } });
}

async function requireFollowable(db: Db, actor: Actor, { kind, id }: Followed): Promise<void> {
  if (!isId(id)) throw notFound();
  const question = {
    community: sql`select 1 from communities where id = ${id} and ${readableCommunities(actor)}`,
    person: sql`select 1 from people where id = ${id} and status <> 'erased' and ${visiblePeople(actor)}`,
    tag: sql`select 1 from tags where id = ${id} and exists (select 1 from entry_tags
      join entries on entries.id = entry_tags.entry_id where entry_tags.tag_id = tags.id and ${listedEntries(actor)})`,
  }[kind];
  if (!question) throw invalid('kind', 'unknown_kind');
  const { rows } = await question.execute(db);
  if (rows.length === 0) throw notFound();
}

export interface FollowView extends Followed {
  /** Slug of a community or tag, handle of a person. */
  key: string;
  name: string;
}

const MOST_FOLLOWS = 5000;
const MOST_TAGS = 200;

/** What the actor follows and may still see, by kind and name. */
export async function followsOf(db: Db, actor: Actor): Promise<FollowView[]> {
  const { rows } = await sql<FollowView>`select * from (
      select f.kind, f.target_id as id, communities.slug as key, communities.name from follows f
        join communities on communities.id = f.target_id
        where f.person_id = ${actor.id} and f.kind = 'community' and ${readableCommunities(actor)}
      union all
      select f.kind, f.target_id, people.handle, people.name from follows f join people on people.id = f.target_id
        where f.person_id = ${actor.id} and f.kind = 'person' and ${visiblePeople(actor)}
      union all ${tagsFollowed(actor)}) followed
    order by kind, lower(name), id limit ${MOST_FOLLOWS}`.execute(db);
  return rows;
}

/** The tags that the actor follows, by name. */
export async function followedTags(db: Db, actor: Actor): Promise<TagRef[]> {
  const { rows } = await sql<TagRef>`select key as slug, name as label from (${tagsFollowed(actor)}) followed
    order by lower(name), id limit ${MOST_TAGS}`.execute(db);
  return rows;
}

function tagsFollowed(actor: Actor): RawBuilder<unknown> {
  return sql`select f.kind, f.target_id as id, tags.slug as key, coalesce(${spelling(actor)}, tags.slug) as name
    from follows f join tags on tags.id = f.target_id where f.person_id = ${actor.id} and f.kind = 'tag'`;
}
