import { mailAddress } from '#server/people/address.ts';
import { askForReset, sendResetMail } from '#server/people/reset.ts';
import { log } from '#server/platform/log.ts';
import { openFormAction } from '#server/web/form.ts';
import type { Actions } from './$types';

export const actions = {
  default: openFormAction(async (form, event) => {
    const { db } = event.locals;
    const email = form.text('email');
    await askForReset(db, { email, ip: event.getClientAddress() });
    // Not waited for: how long a mail takes would tell that the address exists.
    void mailAddress(db)
      .then((address) => sendResetMail(db, email, address))
      .catch((error: unknown) => log.error('a reset mail was not sent', { error }));
    return { sent: true };
  }),
} satisfies Actions;
