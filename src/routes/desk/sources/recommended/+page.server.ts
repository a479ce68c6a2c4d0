import { inTransaction } from '#server/platform/db.ts';
import { countLook, followFound } from '#server/sources/follow.ts';
import { recommendedSources, takeRecommendationBack } from '#server/sources/recommend.ts';
import { discoverFeed } from '#server/syndication/discover.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, openFormAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const community = event.url.searchParams.get('community');
  return { sources: await recommendedSources(event.locals.db, requireActor(event), { community }) };
};

export const actions = {
  follow: openFormAction(async (form, event) => {
    const actor = requireActor(event);
    const { db } = event.locals;
    await countLook(db, actor);
    const found = await discoverFeed(form.text('url'));
    const { arrived } = await inTransaction(db, (tx) => followFound(tx, actor, found));
    return { arrived };
  }),
  takeBack: formAction(
    (tx, actor, form) => takeRecommendationBack(tx, actor, form.text('id')),
    () => '/desk/sources/recommended',
  ),
} satisfies Actions;
