import { readCommunity } from '#server/communities/read.ts';
import { requireActor } from '#server/web/actor.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => ({
  community: await readCommunity(event.locals.db, requireActor(event), event.params.slug),
});
