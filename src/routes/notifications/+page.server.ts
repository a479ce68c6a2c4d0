import { hasNews, listNotifications } from '#server/notifications/list.ts';
import { markNotified } from '#server/notifications/read.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const cursor = event.url.searchParams.get('cursor');
  const [told, news] = await Promise.all([listNotifications(db, actor, { cursor }), hasNews(db, actor)]);
  return { told, news };
};

export const actions: Actions = {
  read: formAction(
    (tx, actor) => markNotified(tx, actor),
    () => '/notifications',
  ),
};
