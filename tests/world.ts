/**
 * The small world of the tests: Aubrelle, the demonstration company. Owner `helene.dargent`, admin `nadia.rahmani`,
 * moderator `thomas.gauthier`, guest `pierre.alonzo` (in `vigie` only); everybody else is a member. Communities:
 * `le-comptoir` and `le-metier` are open, `appels-offres` and `vigie` closed, `face-a-norvalt` and `depart-de-bernard`
 * secret. `demo/communities.ts` says who is where.
 */
import type { Actor } from '#server/actor.ts';
import type { Db } from '#server/platform/db.ts';

/** The moment at which the world was loaded: everything in it is older. */
export const worldLoadedAt = new Date('2026-06-15T08:00:00Z');

/** Everybody's password. */
export const worldPassword = 'une pompe qui tient';

export async function fillWorld(db: Db): Promise<void> {
  await fillSketch(db);
}

/** A person of the world, as the one who acts. */
export async function actorOf(db: Db, handle: string): Promise<Actor> {
  const person = await db
    .selectFrom('people')
    .select(['id', 'handle', 'name', 'role', 'language', 'time_zone as timeZone'])
    .where('handle', '=', handle)
    .executeTakeFirstOrThrow();
  return { ...person, scopes: ['read', 'write', 'admin'] };
}

/** Until the demonstration company is complete: its people and communities, and two posts. */
async function fillSketch(db: Db): Promise<void> {
  const { people } = await import('#demo/people.ts');
  const { communities } = await import('#demo/communities.ts');
  await db.insertInto('network').values({ name: 'Aubrelle' }).execute();
  const rows = await db
    .insertInto('people')
    .values(
      people.map(({ handle, name, email, role }) => ({
        handle,
        name,
        email,
        role,
        created_at: '2025-01-01',
      })),
    )
    .returning(['id', 'handle'])
    .execute();
  const idOf = (handle: string) => rows.find((row) => row.handle === handle)?.id ?? '';
  const founded = await db
    .insertInto('communities')
    .values(
      communities.map(({ slug, name, access, emoji, founder }) => ({
        slug,
        name,
        access,
        emoji,
        founder_id: idOf(founder),
        created_at: '2025-01-02',
      })),
    )
    .returning(['id', 'slug', 'open'])
    .execute();
  await db
    .insertInto('memberships')
    .values(
      communities.flatMap(({ slug, members, animators }) =>
        members.map((handle) => ({
          community_id: founded.find((row) => row.slug === slug)?.id ?? '',
          person_id: idOf(handle),
          role: animators.includes(handle) ? ('animator' as const) : ('member' as const),
        })),
      ),
    )
    .execute();
  await db
    .insertInto('entries')
    .values(
      founded.map(({ id, slug, open }) => ({
        author_id: idOf(communities.find((community) => community.slug === slug)?.founder ?? ''),
        community_id: id,
        everyone: open,
        title: `Bienvenue`,
        body: `Premier billet de ${slug}.`,
        html: `<p>Premier billet de ${slug}.</p>`,
        excerpt: `Premier billet de ${slug}.`,
        status: 'published' as const,
        published_at: '2025-01-03T08:00:00Z',
        activity_at: '2025-01-03T08:00:00Z',
      })),
    )
    .execute();
}
