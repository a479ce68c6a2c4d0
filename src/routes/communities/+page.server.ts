import { isGuest } from '#server/actor.ts';
import { myInvitations } from '#server/communities/invitations.ts';
import { listCommunities, myCommunities } from '#server/communities/list.ts';
import { livesOf } from '#server/portraits/life.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const query = event.url.searchParams;
  const search = { prefix: query.get('q') ?? '', theme: query.get('theme') ?? '' };
  const searching = search.prefix.trim() !== '' || search.theme.trim() !== '';
  const [mine, invitations, others] = await Promise.all([
    myCommunities(db, actor, { cursor: query.get('own'), limit: 60 }),
    myInvitations(db, actor),
    listCommunities(db, actor, {
      ...search,
      cursor: query.get('cursor'),
      ...(searching ? {} : { mine: false }),
    }),
  ]);
  const lives = await livesOf(
    db,
    actor,
    [...mine.items, ...others.items].map(({ slug }) => slug),
  );
  return {
    lives,
    mine,
    invitations: invitations.items,
    others,
    search,
    searching,
    guest: isGuest(actor),
  };
};
