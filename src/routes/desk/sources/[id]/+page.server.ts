import { communityChoices } from '#server/communities/choices.ts';
import { watchChoices } from '#server/desk/choices.ts';
import { sourceInWords } from '#server/sources/in-words.ts';
import { recommendSource } from '#server/sources/recommend.ts';
import { changeSource, letSourceGo, readSource } from '#server/sources/subscriptions.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db, language } = event.locals;
  const [source, watches, communities] = await Promise.all([
    readSource(db, actor, event.params.id),
    watchChoices(db, actor),
    communityChoices(db, actor),
  ]);
  return {
    source: sourceInWords(language, source),
    watches,
    communities: communities.items.map(({ slug, name }) => ({ slug, name })),
    recommended: event.url.searchParams.has('done'),
  };
};

export const actions: Actions = {
  change: formAction(
    (tx, actor, form, event) =>
      changeSource(tx, actor, event.params.id ?? '', {
        title: form.text('title'),
        watch: form.text('watch') || null,
      }),
    () => '/desk/sources?saved',
  ),
  recommend: formAction(
    (tx, actor, form, event) =>
      recommendSource(tx, actor, {
        source: event.params.id ?? '',
        community: form.text('community'),
        why: form.text('why'),
      }),
    (_, event) => `${event.url.pathname}?done`,
  ),
  letGo: formAction(
    (tx, actor, _, event) => letSourceGo(tx, actor, event.params.id ?? ''),
    () => '/desk/sources?saved',
  ),
};
