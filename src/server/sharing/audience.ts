import { sql } from 'kysely';
import { isGuest, type Actor } from '../actor.ts';
import { communityForWriting } from '../communities/access.ts';
import type { CommunityRef } from '../conversation/present.ts';
import { communityJson } from '../conversation/community.ts';
import { Refusal } from '../errors.ts';
import type { Db } from '../platform/db.ts';

/** Who will see what is shared there. */
export interface Audience {
  /** Everybody in the network, in one's own blog or in an open community; else the members alone. */
  of: 'blog' | 'open' | 'members';
  community: CommunityRef | null;
  /** With `members`: how many they are, the actor among them. */
  members: number;
}

/** Who will see what the actor shares in the community of that slug, or in his own blog. Refuses where he may not write. */
export async function audienceOf(db: Db, actor: Actor, slug: string | null): Promise<Audience> {
  if (!slug) {
    if (isGuest(actor)) throw new Refusal('forbidden', 'guests_write_in_communities');
    return { of: 'blog', community: null, members: 0 };
  }
  const { id, open } = await communityForWriting(db, actor, slug);
  const { rows } = await sql<{
    community: CommunityRef;
    members: number;
  }>`select ${communityJson('c')} as community,
    member_count as members from communities c where id = ${id}`.execute(db);
  const { community, members } = rows[0]!;
  return { of: open ? 'open' : 'members', community, members: open ? 0 : members };
}
