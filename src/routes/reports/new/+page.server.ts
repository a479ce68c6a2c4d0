import { Refusal } from '#server/errors.ts';
import { readThing, thingIn } from '#server/moderation/read.ts';
import { REASONS, reportThing } from '#server/moderation/report.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const thing = await readThing(event.locals.db, requireActor(event), thingIn(event.url.searchParams));
  if (thing.own) throw new Refusal('forbidden', 'report_own_words');
  return { thing, reasons: REASONS };
};

export const actions: Actions = {
  default: formAction(
    (tx, actor, form, { url }) =>
      reportThing(tx, actor, {
        ...thingIn(url.searchParams),
        reason: form.text('reason'),
        words: form.text('words'),
      }),
    () => '/reports?sent',
  ),
};
