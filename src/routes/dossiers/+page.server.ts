import { isGuest } from '#server/actor.ts';
import { listDossiers } from '#server/dossiers/list.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const query = event.url.searchParams;
  const scope = query.get('scope') === 'following' ? 'following' : 'all';
  const where = { scope, community: query.get('community'), cursor: query.get('cursor') };
  return { scope, guest: isGuest(actor), list: await listDossiers(event.locals.db, actor, where) };
};
