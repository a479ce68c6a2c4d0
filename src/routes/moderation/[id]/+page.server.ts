import { readReport } from '#server/moderation/list.ts';
import { resolveReport } from '#server/moderation/resolve.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  report: await readReport(event.locals.db, requireActor(event), event.params.id),
});

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
