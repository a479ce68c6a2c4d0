import { enterByInvitation } from '#server/communities/invite-link.ts';
import { Refusal } from '#server/errors.ts';
import { readInvitation } from '#server/people/accept.ts';
import { mailAddress } from '#server/people/address.ts';
import { askForConfirmation, sendConfirmation } from '#server/people/confirm.ts';
import { signIn } from '#server/people/sign-in.ts';
import { inTransaction } from '#server/platform/db.ts';
import { log } from '#server/platform/log.ts';
import { mailLeaves } from '#server/platform/mail.ts';
import { openFormAction } from '#server/web/form.ts';
import { carry, visitorOf } from '#server/web/visitor.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { id: _, ...invitation } = await readInvitation(locals.db, params.token);
  return { invitation, byMail: !invitation.email && mailLeaves(), actor: locals.actor?.name ?? null };
};

export const actions = {
  enter: openFormAction(async (form, event) => {
    const { db, language } = event.locals;
    const token = event.params.token ?? '';
    const invitation = await readInvitation(db, token);
    const password = form.text('password');
    const input = { token, password, name: form.text('name'), email: form.text('email'), language };
    let email = input.email;
    try {
      ({ email } = await inTransaction(db, (tx) => enterByInvitation(tx, input)));
    } catch (error) {
      // Whoever holds a reusable link learns from it what signing in would tell him, and no more.
      if (!(error instanceof Refusal && error.reason === 'email_taken')) throw error;
      if (invitation.email) throw new Refusal('conflict', 'already_here');
    }
    try {
      const { cookies, second } = await signIn(db, visitorOf(event), { email, password });
      carry(event, cookies);
      return second ? '/sign-in/code' : '/';
    } catch (error) {
      if (error instanceof Refusal) return '/sign-in?news=joined';
      throw error;
    }
  }),

  confirm: openFormAction(async (form, event) => {
    const { db, language } = event.locals;
    const input = {
      token: event.params.token ?? '',
      email: form.text('email'),
      ip: event.getClientAddress(),
    };
    const asked = await askForConfirmation(db, input);
    void mailAddress(db)
      .then((address) => sendConfirmation(db, { ...asked, language }, address))
      .catch((error: unknown) => log.error('a confirmation mail was not sent', { error }));
    return { sent: true, email: asked.email };
  }),
} satisfies Actions;
