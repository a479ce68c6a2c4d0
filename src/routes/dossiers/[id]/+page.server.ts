import { copyActions } from '../../desk/copy-actions.ts';
import { dossierActions } from '../dossier-actions.ts';
import { viewOf } from '../view.ts';
import { watchChoices } from '#server/desk/choices.ts';
import { ownCopies } from '#server/desk/copy.ts';
import { ownWatchList } from '#server/desk/watches.ts';
import { openDossier, presentDossier } from '#server/dossiers/read.ts';
import { markOpened } from '#server/notifications/read.ts';
import { pagesOf } from '#server/pages/tree.ts';
import { dossierChain } from '#server/provenance/merged.ts';
import { requireActor } from '#server/web/actor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const opened = await openDossier(db, actor, event.params.id);
  const dossier = presentDossier(opened);
  await markOpened(db, actor, dossier.id);
  const [content, own, choices, pages, chain] = await Promise.all([
    viewOf(db, actor, opened, event.url.searchParams),
    ownWatchList(db, actor),
    watchChoices(db, actor),
    dossier.mayEdit ? pagesOf(db, actor, dossier.community.slug) : { items: [] },
    dossierChain(db, actor, dossier.id),
  ]);
  const finds = (content.things?.items ?? []).flatMap((thing) => thing.finds.map(({ id }) => id));
  const kept = await ownCopies(db, actor, finds);
  const within = new Set(dossier.watches.map(({ id }) => id));
  // Where all who read here may see it too.
  const fits = ({ community }: (typeof own.items)[number]) =>
    community?.access === 'open' || community?.slug === dossier.community.slug;
  const others = own.items.filter(
    (watch) => watch.sharedAt && !watch.hidden && fits(watch) && !within.has(watch.id),
  );
  return {
    dossier,
    content,
    chain,
    keeping: { watches: choices, own: Object.fromEntries(kept) },
    others: others.map(({ id, name }) => ({ id, name })),
    pages: pages.items.map(({ id, title }) => ({ id, title })),
  };
};

export const actions = { ...dossierActions, ...copyActions };
