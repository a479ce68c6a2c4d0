import { myCommunities } from '#server/communities/list.ts';
import { foundDossier } from '#server/dossiers/found.ts';
import { previewMerge } from '#server/dossiers/preview.ts';
import { requireActor } from '#server/web/actor.ts';
import { onceAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const [preview, mine] = await Promise.all([
    previewMerge(db, actor, event.url.searchParams.getAll('watch')),
    myCommunities(db, actor),
  ]);
  // Where all the watches may be seen by whoever reads there.
  const shared = new Map(preview.watches.map(({ community, everyone }) => [community, everyone]));
  const homes = mine.items.filter(
    ({ slug, access }) =>
      preview.watches.every(({ community, everyone }) => everyone || community === slug) &&
      (shared.has(slug) || access === 'open' || [...shared.values()].every(Boolean)),
  );
  const first = homes.find(({ slug }) => shared.has(slug)) ?? homes[0];
  return { preview, homes: homes.map(({ slug, name }) => ({ slug, name })), home: first?.slug ?? '' };
};

export const actions: Actions = {
  default: onceAction(
    (tx, actor, form) =>
      foundDossier(tx, actor, {
        name: form.text('name'),
        about: form.text('about'),
        community: form.text('community'),
        watches: form.list('watch'),
      }),
    ({ id }) => `/dossiers/${id}?made`,
  ),
};
