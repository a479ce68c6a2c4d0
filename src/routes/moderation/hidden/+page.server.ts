import { listHidden } from '#server/moderation/hidden.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  hidden: await listHidden(event.locals.db, requireActor(event), {
    cursor: event.url.searchParams.get('cursor'),
  }),
});
