import { isGuest } from '#server/actor.ts';
import { editProfile, ownProfile } from '#server/people/profile.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  return {
    profile: await ownProfile(event.locals.db, actor),
    keepsHandle: isGuest(actor),
    timeZones: Intl.supportedValuesOf('timeZone'),
    saved: event.url.searchParams.has('saved'),
  };
};

export const actions = {
  default: formAction(
    (tx, actor, form) =>
      editProfile(tx, actor, {
        name: form.text('name'),
        handle: form.optional('handle'),
        headline: form.text('headline'),
        bio: form.text('bio'),
        asksAbout: form.text('asksAbout').split('\n'),
        helpsWith: form.text('helpsWith').split('\n'),
        language: form.text('language'),
        timeZone: form.text('timeZone'),
        website: form.text('website'),
      }),
    () => '/settings?saved',
  ),
} satisfies Actions;
