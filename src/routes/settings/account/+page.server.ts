import { mailAddress } from '#server/people/address.ts';
import { changePassword, requirePassword } from '#server/people/email.ts';
import { askForEmail, sendEmailLink } from '#server/people/new-email.ts';
import { ownProfile } from '#server/people/profile.ts';
import { readSession } from '#server/people/session.ts';
import { inTransaction } from '#server/platform/db.ts';
import { log } from '#server/platform/log.ts';
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
    const { db } = event.locals;
    await requirePassword(db, actor, form.text('currentPassword'));
    const email = await askForEmail(db, actor, form.text('email'));
    // Not waited for: how long a mail takes would tell that the address exists.
    void mailAddress(db)
      .then((address) => sendEmailLink(db, actor, email, address))
      .catch((error: unknown) => log.error('a new address was not asked to confirm', { error }));
    return { asked: email };
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
