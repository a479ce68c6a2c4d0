import { readReport } from '#server/moderation/list.ts';
import { resolveReport } from '#server/moderation/resolve.ts';
import { markOpened } from '#server/notifications/read.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { db } = event.locals;
  const actor = requireActor(event);
  const report = await readReport(db, actor, event.params.id);
  await markOpened(db, actor, report.id);
  return { report };
};

export const actions: Actions = {
  default: formAction(
    (tx, actor, form, { params }) =>
      resolveReport(tx, actor, params.id ?? '', {
        outcome: form.text('outcome'),
        reason: form.text('reason'),
        answer: form.text('answer'),
      }),
    () => '/moderation?done',
  ),
};
