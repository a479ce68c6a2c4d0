import { readStop, resumeStream, stopStream } from '#server/notifications/stop-link.ts';
import { inTransaction } from '#server/platform/db.ts';
import { openFormAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

/** Looking ends nothing: programs that follow the links of mails do nothing but look. */
export const load: PageServerLoad = async ({ locals, params }) => {
  const { stream } = await readStop(locals.db, params.token);
  return { stream };
};

export const actions: Actions = {
  /** Also what a mail program sends by itself when its reader asks it to (RFC 8058). */
  default: openFormAction(async (form, { locals, params }) => {
    const token = params.token ?? '';
    if (form.flag('resume')) {
      await inTransaction(locals.db, (tx) => resumeStream(tx, token, form.text('rhythm')));
      return { done: 'resumed', rhythm: '' };
    }
    const { rhythm } = await inTransaction(locals.db, (tx) => stopStream(tx, token));
    return { done: 'stopped', rhythm };
  }),
};
