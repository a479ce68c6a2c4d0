import { changeEmail, changePassword, requirePassword } from '#server/people/email.ts';
import { ownProfile } from '#server/people/profile.ts';
import { readSession } from '#server/people/session.ts';
import { inTransaction } from '#server/platform/db.ts';
import { requireActor } from '#server/web/actor.ts';
import { openFormAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  email: (await ownProfile(event.locals.db, requireActor(event))).email,
  saved: event.url.searchParams.has('saved'),
});

export const actions = {
  email: openFormAction(async (form, event) => {
    const actor = requireActor(event);
    await requirePassword(event.locals.db, actor, form.text('currentPassword'));
    await inTransaction(event.locals.db, (tx) => changeEmail(tx, actor, form.text('email')));
    return '/settings/account?saved';
  }),

  password: openFormAction(async (form, event) => {
    const actor = requireActor(event);
    const { db } = event.locals;
    await requirePassword(db, actor, form.text('currentPassword'));
    const session = await readSession(db, event.request.headers.get('cookie'));
    const input = { password: form.text('password'), session: session?.id ?? null };
    await inTransaction(db, (tx) => changePassword(tx, actor, input));
    return '/settings/account?saved';
  }),
} satisfies Actions;
