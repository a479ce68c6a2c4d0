import { inviteByLink } from '#server/communities/invite-link.ts';
import { myCommunities } from '#server/communities/list.ts';
import { mailAddress } from '#server/people/address.ts';
import { sendInvitation } from '#server/people/invite-mail.ts';
import { openInvitations, revokeInvitation } from '#server/people/invite.ts';
import { ROLES, checkRole } from '#server/people/rank.ts';
import { log } from '#server/platform/log.ts';
import { requireActor } from '#server/web/actor.ts';
import { formAction } from '#server/web/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const actor = requireActor(event);
  const invitations = await openInvitations(event.locals.db, actor);
  const own = await myCommunities(event.locals.db, actor);
  return {
    invitations,
    communities: own.items.filter(
      ({ archived, access, standing }) => !archived && (access === 'open' || standing === 'animator'),
    ),
    roles: ROLES.slice(0, ROLES.indexOf(actor.role) + 1),
    saved: event.url.searchParams.has('saved'),
  };
};

export const actions = {
  create: formAction(
    (tx, actor, form) =>
      inviteByLink(tx, actor, {
        email: form.text('email').trim() || null,
        role: checkRole(form.text('role')),
        allowedDomains: form
          .text('allowedDomains')
          .split(/[\s,;]+/)
          .filter(Boolean),
        days: Number(form.text('days')),
        communities: form.list('communities'),
      }),
    ({ token }, event, form) => {
      const link = `${event.url.origin}/invitations/${token}`;
      const email = form.text('email').trim();
      if (email) void mail(event, email, token);
      return { link, email };
    },
  ),
  revoke: formAction(
    (tx, actor, form) => revokeInvitation(tx, actor, form.text('id')),
    () => '/admin/invitations?saved',
  ),
} satisfies Actions;

async function mail(event: Parameters<typeof requireActor>[0], email: string, token: string): Promise<void> {
  const { db } = event.locals;
  try {
    const link = `${await mailAddress(db)}/invitations/${token}`;
    await sendInvitation(db, requireActor(event), { email, link });
  } catch (error) {
    log.error('an invitation was not mailed', { error });
  }
}
