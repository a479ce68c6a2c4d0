import { listPeople } from '#server/communities/directory.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const query = event.url.searchParams;
  const search = query.get('q') ?? '';
  const people = await listPeople(event.locals.db, requireActor(event), {
    prefix: search,
    cursor: query.get('cursor'),
    limit: 40,
  });
  return { people, search };
};
