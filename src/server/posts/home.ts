import { isGuest, type Actor } from '../actor.ts';
import { communityForWriting } from '../communities/access.ts';
import { Refusal } from '../errors.ts';
import type { Tx } from '../platform/db.ts';

/** Where a post lives: in a community, or in its author's own blog. */
export interface Home {
  communityId: string | null;
  /** What `entries.everyone` becomes for a post that lives here. */
  everyone: boolean;
}

/** Where the actor wants to write: a community by its slug; null is his own blog, and guests have none. */
export async function homeForWriting(tx: Tx, actor: Actor, slug: string | null): Promise<Home> {
  if (slug) {
    const { id, open } = await communityForWriting(tx, actor, slug);
    return { communityId: id, everyone: open };
  }
  if (isGuest(actor)) throw new Refusal('forbidden', 'guests_write_in_communities');
  return { communityId: null, everyone: true };
}
