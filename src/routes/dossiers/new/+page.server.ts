import { communityChoices } from '#server/communities/choices.ts';
import { foundDossier } from '#server/dossiers/found.ts';
import { previewMerge } from '#server/dossiers/preview.ts';
import { requireActor } from '#server/web/actor.ts';
import { onceAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const query = event.url.searchParams;
  const ticked = query.getAll('watch');
  const among = query.has('among') ? query.getAll('among') : ticked;
  const preview = await previewMerge(db, actor, among, ticked);
  const together = preview.watches.filter(({ id }) => ticked.includes(id));
  // Where all the watches may be seen by whoever reads there.
  const shared = new Map(together.map(({ community, everyone }) => [community, everyone]));
  const mine = await communityChoices(db, actor, {
    also: [...shared.keys(), ...query.getAll('community')],
    archived: true,
  });
  const homes = mine.items.filter(
    ({ slug, access }) =>
      together.every(({ community, everyone }) => everyone || community === slug) &&
      (shared.has(slug) || access === 'open' || [...shared.values()].every(Boolean)),
  );
  const first = homes.find(({ slug }) => shared.has(slug)) ?? homes[0];
  const asked = homes.find(({ slug }) => slug === query.get('community'));
  return {
    preview,
    ticked: together.map(({ id }) => id),
    homes: homes.map(({ slug, name }) => ({ slug, name })),
    typed: { name: query.get('name'), about: query.get('about') },
    home: (asked ?? first)?.slug ?? '',
  };
};

export const actions: Actions = {
  default: onceAction(
    (tx, actor, form) => {
      const watches = form.list('watch');
      // A refusal gives back one value of each name: so all of them under another.
      form.addLines('ticked', watches.join(' '));
      return foundDossier(tx, actor, {
        name: form.text('name'),
        about: form.text('about'),
        community: form.text('community'),
        watches,
      });
    },
    ({ id }) => `/dossiers/${id}?made`,
  ),
};
