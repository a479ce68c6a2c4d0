/**
 * The small world of the tests: Aubrelle, the demonstration company. Owner `helene.dargent`, admin `nadia.rahmani`,
 * moderator `thomas.gauthier`, guest `pierre.alonzo` (in `vigie` only); everybody else is a member. Communities:
 * `le-comptoir` and `le-metier` are open, `appels-offres` and `vigie` closed, `face-a-norvalt` and `depart-de-bernard`
 * secret. `demo/communities.ts` says who is where.
 */
import type { Actor } from '#server/actor.ts';
import { loadDemonstration } from '#server/demonstration/load.ts';
import type { Db } from '#server/platform/db.ts';

/** The moment at which the world was loaded: everything in it is older, and everything a test writes is newer. */
const worldLoadedAt = new Date(Date.now() - 60 * 60_000);

/** Everybody's password. */
export const worldPassword = 'une pompe qui tient';

export async function fillWorld(db: Db): Promise<void> {
  await loadDemonstration(db, { now: worldLoadedAt, password: worldPassword, work: false });
}

/** A person of the world, as the one who acts. */
export async function actorOf(db: Db, handle: string): Promise<Actor> {
  const person = await db
    .selectFrom('people')
    .select(['id', 'handle', 'name', 'role', 'language', 'time_zone as timeZone', 'picture'])
    .where('handle', '=', handle)
    .executeTakeFirstOrThrow();
  return { ...person, scopes: ['read', 'write', 'admin'] };
}
