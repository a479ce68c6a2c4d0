import { isGuest } from '#server/actor.ts';
import { followNow } from '#server/sources/follow.ts';
import { recommendedSources, takeRecommendationBack } from '#server/sources/recommend.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, openFormAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const community = event.url.searchParams.get('community');
  return {
    sources: await recommendedSources(event.locals.db, actor, { community }),
    guest: isGuest(actor),
  };
};

export const actions = {
  follow: openFormAction(async (form, event) => {
    const wanted = { url: form.text('url') };
    const { arrived } = await followNow(event.locals.db, requireActor(event), wanted);
    return { arrived };
  }),
  takeBack: formAction(
    (tx, actor, form) => takeRecommendationBack(tx, actor, form.text('id')),
    () => '/desk/sources/recommended',
  ),
} satisfies Actions;
