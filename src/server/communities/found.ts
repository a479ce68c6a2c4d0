import { isGuest, type Actor } from '../actor.ts';
import { Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';
import { recordEvent } from '../platform/events.ts';
import { checkAccess, checkEmoji, checkName, checkThemes, readDescription } from './input.ts';
import type { Access } from './present.ts';
import { freeSlug } from './slug.ts';

export interface NewCommunity {
  name: string;
  access: Access;
  /** Markdown. */
  description?: string | null;
  emoji?: string | null;
  themes?: string[] | null;
}

/** Founds a community, which its founder animates and follows. Anyone may, but guests. */
export async function foundCommunity(
  tx: Tx,
  actor: Actor,
  input: NewCommunity,
): Promise<{ id: string; slug: string }> {
  if (isGuest(actor)) throw new Refusal('forbidden', 'guests_found_nothing');
  const name = checkName(input.name);
  const access = checkAccess(input.access);
  const description = readDescription(input.description);
  const community = await tx
    .insertInto('communities')
    .values({
      slug: await freeSlug(tx, name, access),
      name,
      access,
      emoji: checkEmoji(input.emoji),
      ...description,
      themes: checkThemes(input.themes),
      founder_id: actor.id,
    })
    .returning(['id', 'slug'])
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('memberships')
    .values({ community_id: community.id, person_id: actor.id, role: 'animator' })
    .execute();
  await tx
    .insertInto('follows')
    .values({ person_id: actor.id, kind: 'community', target_id: community.id })
    .execute();
  await recordEvent(tx, {
    name: 'community.founded',
    actorId: actor.id,
    subjectId: community.id,
    communityId: community.id,
  });
  return community;
}
