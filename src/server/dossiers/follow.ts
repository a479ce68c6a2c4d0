import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import { notFound } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { isId } from '../platform/keyset.ts';
import { recordEvent } from '../platform/events.ts';
import { visibleDossiers } from './sight.ts';

/** From now on the whole dossier is among those the actor follows, whatever comes into it. */
export async function followDossier(tx: Tx, actor: Actor, id: string): Promise<void> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{ communityId: string; fresh: boolean }>`with seen as (
      select id, community_id from dossiers where id = ${id} and ${visibleDossiers(actor)}),
    followed as (insert into dossier_follows (dossier_id, person_id) select id, ${actor.id}::uuid from seen
      on conflict do nothing returning dossier_id)
    select community_id as "communityId", exists (select 1 from followed) as fresh from seen`.execute(tx);
  if (!rows[0]) throw notFound();
  if (rows[0].fresh) await record(tx, actor, 'dossier.followed', id, rows[0].communityId);
}

export async function unfollowDossier(tx: Tx, actor: Actor, id: string): Promise<void> {
  if (!isId(id)) throw notFound();
  const { rows } = await sql<{ communityId: string }>`select community_id as "communityId" from dossiers
    where id = ${id} and ${visibleDossiers(actor)}`.execute(tx);
  if (!rows[0]) throw notFound();
  const { rows: gone } =
    await sql`delete from dossier_follows where dossier_id = ${id} and person_id = ${actor.id}
    returning 1`.execute(tx);
  if (gone.length > 0) await record(tx, actor, 'dossier.unfollowed', id, rows[0].communityId);
}

function record(tx: Tx, actor: Actor, name: string, id: string, communityId: string): Promise<void> {
  return recordEvent(tx, { name, actorId: actor.id, subjectId: id, communityId });
}
