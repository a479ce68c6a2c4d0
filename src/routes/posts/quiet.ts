import type { RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#server/actor.ts';
import { insist, insistencesTo } from '#server/insistence/insist.ts';
import { waitingUnder } from '#server/insistence/waiting.ts';
import { formAction } from '#server/web/form.ts';
import { comingMoment } from '../../i18n/calendar.ts';

/** What of one's own here waits for somebody's hours, and why one was rung out of one's own. */
export async function quietUnder({ locals: { db, language } }: RequestEvent, actor: Actor, entryId: string) {
  const now = new Date();
  const [waiting, insisted] = await Promise.all([
    waitingUnder(db, actor, entryId, now),
    insistencesTo(db, actor, entryId),
  ]);
  const when = (at: string) => comingMoment(language, actor.timeZone, at, now);
  return { waiting: waiting.map((one) => ({ ...one, when: when(one.at) })), insisted };
}

/** Rings those who wait, with a reason. */
export const insistAction = formAction(
  (tx, actor, form, { params }) =>
    insist(tx, actor, {
      entryId: params.id ?? '',
      commentId: form.text('insistOn') || null,
      people: form.list('people'),
      reason: form.text('reason'),
    }),
  (_, { url }) => `${url.pathname}?insisted#waiting`,
);
