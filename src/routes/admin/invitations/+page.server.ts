import { inviteByLink } from '#server/communities/invite-link.ts';
import { communityChoices } from '#server/communities/choices.ts';
import { mailAddress } from '#server/people/address.ts';
import { sendInvitation } from '#server/people/invite-mail.ts';
import { openInvitations, revokeInvitation } from '#server/people/invite.ts';
import { ROLES, checkRole } from '#server/people/rank.ts';
import { log } from '#server/platform/log.ts';
import { mailLeaves } from '#server/platform/mail.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction, tellOnceAction } from '#server/web/form.ts';
import { unlessGone } from '#server/web/gone.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const invitations = await openInvitations(event.locals.db, actor);
  const own = await communityChoices(event.locals.db, actor);
  return {
    invitations,
    communities: own.items.filter(({ access, standing }) => access === 'open' || standing === 'animator'),
    roles: ROLES.slice(0, ROLES.indexOf(actor.role) + 1),
    saved: event.url.searchParams.has('saved'),
  };
};

export const actions = {
  create: tellOnceAction(
    (tx, actor, form, secret) => {
      const input = {
        email: form.text('email').trim() || null,
        role: checkRole(form.text('role')),
        allowedDomains: form
          .text('allowedDomains')
          .split(/[\s,;]+/)
          .filter(Boolean),
        days: Number(form.text('days')),
        communities: form.list('communities'),
      };
      return inviteByLink(tx, actor, input, secret);
    },
    ({ secret, again }, event, form) => {
      const [{ db }, actor] = [event.locals, requireActor(event)];
      const link = `${event.url.origin}/invitations/${secret}`;
      const email = form.text('email').trim();
      if (email && !again)
        void mailAddress(db)
          .then((at) => sendInvitation(db, actor, { email, link: `${at}/invitations/${secret}` }))
          .catch((error: unknown) => log.error('an invitation was not mailed', { error }));
      return { link, email, mailed: Boolean(email) && mailLeaves() };
    },
  ),
  revoke: formAction(
    (tx, actor, form) => unlessGone(revokeInvitation(tx, actor, form.text('id'))),
    () => '/admin/invitations?saved',
  ),
} satisfies Actions;
