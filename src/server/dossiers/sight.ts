import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../actor.ts';
import { listedDossiers, visibleDossiers } from '../conversation/shared-desk.ts';
import { sharedWatches } from '../desk/sight.ts';

export { listedDossiers, visibleDossiers };

/**
 * Watches (`watches`) that stand in a dossier (`dossier`): those that everybody who reads it may see. One that was taken
 * back or hidden since, or is shared elsewhere now, is gone for all readers alike.
 */
export function mergedWatches(actor: Actor, watches: string, dossier: string): RawBuilder<boolean> {
  const [w, d] = [sql.ref(watches), sql.ref(dossier)];
  return sql<boolean>`(${sharedWatches(actor, watches)} and (${w}.everyone or ${w}.community_id = ${d}.community_id))`;
}

/** True where the actor may say what the dossier is called and what stands in it: its founder, and those whose watches he put in. */
export function keepsDossier(actor: Actor, alias = 'dossiers'): RawBuilder<boolean> {
  const t = sql.ref(alias);
  return sql<boolean>`(${t}.founder_id = ${actor.id} or exists (select 1 from dossier_watches held
    join watches mine on mine.id = held.watch_id and mine.owner_id = ${actor.id} and mine.deleted_at is null
    where held.dossier_id = ${t}.id and held.person_id = ${t}.founder_id))`;
}
