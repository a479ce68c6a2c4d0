import { mailAddress } from '#server/people/address.ts';
import { askForReset, sendResetMail } from '#server/people/reset.ts';
import { log } from '#server/platform/log.ts';
import { mailLeaves } from '#server/platform/mail.ts';
import { openFormAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ byMail: mailLeaves() });

export const actions = {
  default: openFormAction(async (form, event) => {
    const { db } = event.locals;
    const email = form.text('email');
    await askForReset(db, { email, ip: event.getClientAddress() });
    // Not waited for: how long a mail takes would tell that the address exists.
    void mailAddress(db)
      .then((address) => sendResetMail(db, email, address))
      .catch((error: unknown) => log.error('a reset mail was not sent', { error }));
    return { sent: true, email: email.trim() };
  }),
} satisfies Actions;
