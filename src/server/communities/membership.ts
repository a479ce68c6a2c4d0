import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';

/** How people came in: by themselves, after asking, because they were invited, by a link, or to rescue the place. */
export type Way = 'self' | 'request' | 'invitation' | 'link' | 'rescue';

interface Entrance {
  communities: string[];
  people: string[];
  way: Way;
}

/**
 * Makes each person a member of each community, which they follow from then on. Memberships that exist stay as they
 * are. The database counts the members.
 */
export async function beginMemberships(
  tx: Tx,
  actor: Pick<Actor, 'id'>,
  { communities, people, way }: Entrance,
): Promise<void> {
  const { rows } = await sql<{ communityId: string; personId: string }>`
    insert into memberships (community_id, person_id)
    select place, person from unnest(${communities}::uuid[]) place, unnest(${people}::uuid[]) person
    on conflict (person_id, community_id) do nothing
    returning community_id as "communityId", person_id as "personId"`.execute(tx);
  if (rows.length === 0) return;
  await sql`insert into follows (person_id, kind, target_id)
    select person, 'community', place from unnest(${communities}::uuid[]) place, unnest(${people}::uuid[]) person
    on conflict do nothing`.execute(tx);
  for (const waiting of ['join_requests', 'community_invitations']) {
    await sql`delete from ${sql.table(waiting)}
      where community_id = any(${communities}::uuid[]) and person_id = any(${people}::uuid[])`.execute(tx);
  }
  await Promise.all(
    rows.map(({ communityId, personId }) =>
      recordEvent(tx, {
        name: 'community.joined',
        actorId: actor.id,
        subjectId: communityId,
        communityId,
        data: { personId, way },
      }),
    ),
  );
}

/** Ends a membership and the following that came with it. Says nothing of it: whoever ends it knows why. */
export async function endMembership(tx: Tx, communityId: string, personId: string): Promise<void> {
  await sql`delete from memberships where community_id = ${communityId} and person_id = ${personId}`.execute(
    tx,
  );
  await sql`delete from follows
    where person_id = ${personId} and kind = 'community' and target_id = ${communityId}`.execute(tx);
}

/** Whether somebody is left inside who could act: not a guest, and with an account that is not closed. */
export async function hasActingMember(
  tx: Tx,
  communityId: string,
  { animator = false, besides = null as string | null } = {},
): Promise<boolean> {
  const { rows } = await sql`select 1 from memberships join people on people.id = memberships.person_id
    where community_id = ${communityId} and people.status = 'active' and people.role <> 'guest'
      and (memberships.role = 'animator' or not ${animator}) and people.id is distinct from ${besides}::uuid
    limit 1`.execute(tx);
  return rows.length > 0;
}
