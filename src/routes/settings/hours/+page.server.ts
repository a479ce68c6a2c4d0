import { ownInsistences } from '#server/insistence/insist.ts';
import { dropOwnHours, giveUpLeave, keepOwnHours, ownHours, takeLeave } from '#server/quiet/own.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, onceAction } from '#server/web/form.ts';
import { tickedDays } from '#ui/quiet/hours-words.ts';
import { comingMoment } from '../../../i18n/calendar.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const { db } = event.locals;
  const [own, insisted] = await Promise.all([ownHours(db, actor), ownInsistences(db, actor)]);
  return {
    own,
    insisted,
    when: comingMoment(event.locals.language, actor.timeZone, own.opensAt, new Date()),
    saved: event.url.searchParams.has('saved'),
  };
};

const saved = () => '/settings/hours?saved';

export const actions = {
  keep: formAction(
    (tx, actor, form) =>
      keepOwnHours(tx, actor, {
        days: tickedDays((name) => form.flag(name)),
        opensAt: form.text('opensAt'),
        closesAt: form.text('closesAt'),
      }),
    saved,
  ),
  drop: formAction((tx, actor) => dropOwnHours(tx, actor), saved),
  leave: onceAction(
    (tx, actor, form) => takeLeave(tx, actor, { from: form.text('from'), to: form.text('to') }),
    saved,
  ),
  stay: formAction((tx, actor, form) => giveUpLeave(tx, actor, form.text('id')), saved),
} satisfies Actions;
