/** /api/v1: members of a community, those who ask, those who are invited, and those who animate. */
import { pageOf, pageQuery, z, type Api } from '../platform/api/frame.ts';
import { nameAnimator, removeMember, stepDown, stepForward } from './animate.ts';
import { invitedPeople, myInvitations } from './invitations.ts';
import { inviteByLink } from './invite-link.ts';
import { declineInvitation, inviteToCommunity, withdrawInvitation } from './invite.ts';
import { membersOf } from './members.ts';
import { acceptRequest, declineRequest, joinRequests } from './requests.ts';
import { invitation, joinRequest, member, personCard } from './shapes.ts';

export function memberRoutes(api: Api): void {
  api.get(
    '/communities/{slug}/members',
    {
      summary: 'Who is in, by name',
      query: z.object({ ...pageQuery, prefix: z.string().optional() }),
      answers: pageOf(member),
    },
    ({ db, actor, params, query }) => membersOf(db, actor, params.slug, query),
  );
  api.delete(
    '/communities/{slug}/members/{handle}',
    { summary: 'Show a member out (animators)' },
    ({ tx, actor, params }) => removeMember(tx, actor, params.slug, params.handle),
  );

  api.get(
    '/communities/{slug}/requests',
    { summary: 'Who asks to come in (animators)', answers: pageOf(joinRequest) },
    ({ db, actor, params }) => joinRequests(db, actor, params.slug),
  );
  api.put(
    '/communities/{slug}/requests/{handle}/acceptance',
    { summary: 'Let in somebody who asks (animators)' },
    ({ tx, actor, params }) => acceptRequest(tx, actor, params.slug, params.handle),
  );
  api.delete(
    '/communities/{slug}/requests/{handle}',
    { summary: 'Say no to somebody who asks (animators)' },
    ({ tx, actor, params }) => declineRequest(tx, actor, params.slug, params.handle),
  );

  api.get(
    '/communities/{slug}/invitations',
    { summary: 'Who is invited and has not answered (members)', answers: pageOf(personCard) },
    ({ db, actor, params }) => invitedPeople(db, actor, params.slug),
  );
  api.put(
    '/communities/{slug}/invitations/{handle}',
    { summary: 'Invite somebody; whoever was asking comes in' },
    ({ tx, actor, params }) => inviteToCommunity(tx, actor, params.slug, params.handle),
  );
  api.delete(
    '/communities/{slug}/invitations/{handle}',
    { summary: 'Take an invitation back (animators)' },
    ({ tx, actor, params }) => withdrawInvitation(tx, actor, params.slug, params.handle),
  );
  api.post(
    '/communities/{slug}/links',
    {
      summary: 'Make a link into the network and this community, told this once (moderators)',
      description: 'With `email` for one person; without, for everybody it is given to.',
      body: z.object({
        email: z.string().nullish(),
        role: z.enum(['owner', 'admin', 'moderator', 'member', 'guest']).optional(),
        allowedDomains: z.array(z.string()).optional(),
        days: z.number().optional(),
      }),
      answers: z.object({ id: z.uuid(), token: z.string(), path: z.string() }),
      status: 201,
      toldOnce: true,
      scope: 'admin',
    },
    async ({ tx, actor, params, body }) => {
      const link = await inviteByLink(tx, actor, { ...body, communities: [params.slug] });
      return { ...link, path: `/invitations/${link.token}` };
    },
  );
  api.get(
    '/me/invitations',
    { summary: 'Communities that you are invited to; say yes by joining', answers: pageOf(invitation) },
    ({ db, actor }) => myInvitations(db, actor),
  );
  api.delete('/me/invitations/{slug}', { summary: 'Decline an invitation' }, ({ tx, actor, params }) =>
    declineInvitation(tx, actor, params.slug),
  );

  api.put(
    '/communities/{slug}/animators/{handle}',
    { summary: 'Make a member an animator (animators)' },
    ({ tx, actor, params }) => nameAnimator(tx, actor, params.slug, params.handle),
  );
  api.put(
    '/communities/{slug}/animation',
    { summary: 'Take on a community that has no animator any more' },
    ({ tx, actor, params }) => stepForward(tx, actor, params.slug),
  );
  api.delete(
    '/communities/{slug}/animation',
    { summary: 'Animate no longer; you stay a member' },
    ({ tx, actor, params }) => stepDown(tx, actor, params.slug),
  );
}
