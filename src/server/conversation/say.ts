import { sql } from 'kysely';
import type { Role, Viewer } from '../actor.ts';
import { writable } from '../communities/access.ts';
import { eventFrom } from '../platform/events.ts';
import { statement } from '../platform/statement.ts';
import { listedEntries } from './sight.ts';

/** What was found of the place; of an entry out of sight, nothing. */
interface Place {
  can_write: boolean;
  parent_found: boolean;
}

/**
 * Finds the entry, writes beneath it, counts and tells: one statement, which writes nothing where the actor may not.
 * The activity moves on with each word, even of one moment: whoever has read up to the word before has this one unread.
 * Sight depends on the role, so each has its own.
 */
export const say: Record<Role, ReturnType<typeof sayingAs>> = {
  owner: sayingAs('owner'),
  admin: sayingAs('admin'),
  moderator: sayingAs('moderator'),
  member: sayingAs('member'),
  guest: sayingAs('guest'),
};

function sayingAs(role: Role) {
  return statement(['id', 'entryId', 'parentId', 'actorId', 'body', 'html', 'now'], (at) => {
    const actor: Viewer = { id: at.actorId, role };
    return sql<Place>`with place as (
      select entries.id, entries.community_id, ${writable(actor, 'entries')} as can_write,
        coalesce(parent.root_id, parent.id) as root_id, parent.id is not null as parent_found
      from entries left join comments parent
        on parent.id = ${at.parentId}::uuid and parent.entry_id = entries.id and parent.listed
      where entries.id = ${at.entryId}::uuid and ${listedEntries(actor)}),
    taken as (select * from place where can_write and (${at.parentId}::uuid is null or parent_found)),
    written as (
      insert into comments (id, entry_id, parent_id, root_id, author_id, body, html, created_at)
      select ${at.id}::uuid, id, ${at.parentId}::uuid, root_id, ${at.actorId}::uuid, ${at.body}, ${at.html},
        ${at.now}::timestamptz from taken),
    counted as (
      update entry_activity set comment_count = comment_count + 1,
        last_at = greatest(last_at + interval '1 ms', ${at.now}::timestamptz),
        voices = (array_prepend(${at.actorId}::uuid, array_remove(voices, ${at.actorId}::uuid)))[:3]
      where entry_id = (select id from taken)),
    told as (${commentWritten(at)})
    select can_write, parent_found from place`;
  });
}

function commentWritten(at: { id: never; actorId: never }) {
  return eventFrom(
    {
      name: 'comment.written',
      actorId: at.actorId,
      subjectId: at.id,
      communityId: sql`taken.community_id`,
      data: sql`jsonb_build_object('entryId', taken.id)`,
    },
    sql`taken`,
  );
}
