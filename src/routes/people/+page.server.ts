import { communityChoices } from '#server/communities/choices.ts';
import { listPeople } from '#server/communities/directory.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const query = event.url.searchParams;
  const asked = (name: string) => (query.get(name) ?? '').trim();
  const search = { prefix: asked('q'), subject: asked('subject'), community: asked('community') };
  const [people, mine] = await Promise.all([
    listPeople(db, actor, { ...search, cursor: query.get('cursor'), limit: 40 }),
    communityChoices(db, actor, { also: [search.community] }),
  ]);
  const communities = mine.items.map(({ slug, name }) => ({ slug, name }));
  return { people, search, communities };
};
