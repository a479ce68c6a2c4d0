import { isGuest } from '#server/actor.ts';
import { watchChoices } from '#server/desk/choices.ts';
import { followNow } from '#server/sources/follow.ts';
import { sourceInWords } from '#server/sources/in-words.ts';
import { ownSources } from '#server/sources/subscriptions.ts';
import { requireActor } from '#server/web/actor.ts';
import { openFormAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db, language } = event.locals;
  const [sources, watches] = await Promise.all([ownSources(db, actor), watchChoices(db, actor)]);
  const query = event.url.searchParams;
  return {
    sources: sources.map((source) => sourceInWords(language, source)),
    watches,
    address: query.get('url') ?? '',
    saved: query.has('saved'),
    guest: isGuest(actor),
  };
};

export const actions = {
  follow: openFormAction(async (form, event) => {
    const wanted = { url: form.text('url'), watch: form.text('watch') || null };
    const { arrived } = await followNow(event.locals.db, requireActor(event), wanted);
    return { arrived };
  }),
} satisfies Actions;
