import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { companionOf, type Companion } from './companion.ts';
import { progressOf, type Progress } from './progress.ts';
import { suggestCommunities, type SuggestedCommunity } from './suggest.ts';
import { worthwhile, type WorthyPost } from './worth.ts';

/** All that awaits a newcomer. */
export interface Welcome extends Progress {
  companion: Companion | null;
  communities: SuggestedCommunity[];
  reading: WorthyPost | null;
  thanking: WorthyPost | null;
}

/** The actor's first day. */
export async function welcome(db: Db, actor: Actor): Promise<Welcome> {
  const progress = await progressOf(db, actor);
  const [companion, communities, worthy] = await Promise.all([
    companionOf(db, actor),
    suggestCommunities(db, actor),
    worthwhile(db, actor),
  ]);
  return { ...progress, companion, communities, ...worthy };
}
