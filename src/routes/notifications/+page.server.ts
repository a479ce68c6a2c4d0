import { followDossier, unfollowDossier } from '#server/dossiers/follow.ts';
import { followThread, setLevel, wantKind } from '#server/notifications/less.ts';
import { hasNews, listNotifications } from '#server/notifications/list.ts';
import { markNotified } from '#server/notifications/read.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, type Form } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const query = event.url.searchParams;
  const [told, news] = await Promise.all([
    listNotifications(db, actor, { cursor: query.get('cursor') }),
    hasNews(db, actor),
  ]);
  return { told, news, line: query.get('line') };
};

/** Back to the line about which something was changed: it says so, and offers the way back. */
const toLine = (_: unknown, __: unknown, form: Form) => {
  const line = encodeURIComponent(form.text('line'));
  return `/notifications?line=${line}#notice-${line}`;
};

export const actions: Actions = {
  read: formAction(
    (tx, actor) => markNotified(tx, actor),
    () => '/notifications',
  ),
  thread: formAction(
    (tx, actor, form) => followThread(tx, actor, form.text('entryId'), form.text('following') === 'yes'),
    toLine,
  ),
  dossier: formAction(
    (tx, actor, form) =>
      (form.text('following') === 'yes' ? followDossier : unfollowDossier)(tx, actor, form.text('id')),
    toLine,
  ),
  kind: formAction(
    (tx, actor, form) => wantKind(tx, actor, form.text('kind'), form.text('wanted') === 'yes'),
    toLine,
  ),
  level: formAction(
    (tx, actor, form) => setLevel(tx, actor, form.text('community'), form.text('level')),
    toLine,
  ),
};
