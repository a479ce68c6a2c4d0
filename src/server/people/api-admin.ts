import { pageOf, pageQuery, z, type Api } from '../platform/api/frame.ts';
import { invalid, notFound } from '../errors.ts';
import { createInvitation, openInvitations, revokeInvitation, type InvitationView } from './invite.ts';
import { changeRole, deactivatePerson, liftSecondFactor, reactivatePerson } from './roles.ts';
import { editNetwork, type NetworkView } from './network.ts';
import { listRoster, type RosterLine } from './roster.ts';
import { readNetwork } from './setup.ts';
import type { Db } from '../platform/db.ts';

const instant = z.iso.datetime();
const role = z.enum(['owner', 'admin', 'moderator', 'member', 'guest']);

const line = z
  .object({
    id: z.uuid(),
    handle: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role,
    status: z.enum(['active', 'deactivated']),
    picture: z.uuid().nullable(),
    secondFactor: z.boolean(),
    createdAt: instant,
  })
  .meta({ id: 'RosterLine' }) satisfies z.ZodType<RosterLine>;

const invitation = z
  .object({
    id: z.uuid(),
    email: z.string().nullable(),
    role,
    allowedDomains: z.array(z.string()),
    reusable: z.boolean(),
    uses: z.number().int(),
    expiresAt: instant,
    createdAt: instant,
    createdBy: z.string().nullable(),
  })
  .meta({ id: 'Invitation' }) satisfies z.ZodType<InvitationView>;

const network = z
  .object({ name: z.string(), language: z.enum(['fr', 'en']) })
  .meta({ id: 'Network' }) satisfies z.ZodType<NetworkView>;

async function theNetwork(db: Db): Promise<NetworkView> {
  const known = await readNetwork(db);
  if (!known) throw notFound();
  return known;
}

/** The routes for those who let people in and out. */
export function addAdminRoutes(api: Api): void {
  api.get('/network', { summary: 'The name and language of this network', answers: network }, ({ db }) =>
    theNetwork(db),
  );
  api.patch(
    '/network',
    {
      summary: 'Rename the network',
      body: network.partial().meta({ id: 'NetworkChange' }),
      answers: network,
      scope: 'admin',
    },
    async ({ tx, actor, body }) => {
      await editNetwork(tx, actor, body);
      return theNetwork(tx);
    },
  );
  api.get(
    '/admin/people',
    {
      summary: 'Everybody with an account, the latest first',
      query: z.object({
        ...pageQuery,
        query: z.string().optional(),
        status: z.enum(['active', 'deactivated']).optional(),
      }),
      answers: pageOf(line),
      scope: 'admin',
    },
    ({ db, actor, query }) => listRoster(db, actor, query),
  );
  api.put(
    '/admin/people/{id}/role',
    { summary: 'Give a role', body: z.object({ role }), scope: 'admin' },
    ({ tx, actor, params, body }) => changeRole(tx, actor, params.id, body.role),
  );
  api.put(
    '/admin/people/{id}/deactivation',
    { summary: 'Shut a person out: sessions, tokens and feed key end at once', scope: 'admin' },
    ({ tx, actor, params }) => deactivatePerson(tx, actor, params.id),
  );
  api.delete(
    '/admin/people/{id}/deactivation',
    { summary: 'Let a deactivated person in again', scope: 'admin' },
    ({ tx, actor, params }) => reactivatePerson(tx, actor, params.id),
  );
  api.delete(
    '/admin/people/{id}/second-factor',
    { summary: 'Take the second factor off somebody who lost his telephone and his codes', scope: 'admin' },
    ({ tx, actor, params }) => liftSecondFactor(tx, actor, params.id),
  );

  api.get(
    '/invitations',
    {
      summary: 'The invitation links that still open',
      answers: z.object({ items: z.array(invitation), next: z.null() }),
      scope: 'admin',
    },
    async ({ db, actor }) => ({ items: await openInvitations(db, actor), next: null }),
  );
  api.post(
    '/invitations',
    {
      summary: 'Make an invitation link, told this once',
      description:
        'With `email` for one person; without, for everybody it is given to. Guests are invited on the page.',
      body: z
        .object({
          email: z.string().nullish(),
          role: role.optional(),
          allowedDomains: z.array(z.string()).optional(),
          days: z.number().optional(),
        })
        .meta({ id: 'NewInvitation' }),
      answers: z.object({ id: z.uuid(), token: z.string(), path: z.string() }),
      status: 201,
      toldOnce: true,
      scope: 'admin',
    },
    async ({ tx, actor, body }) => {
      // Which communities a link opens is known one floor up, and a guest without one would see nothing.
      if (body.role === 'guest') throw invalid('role', 'guest_without_community');
      const made = await createInvitation(tx, actor, body);
      return { ...made, path: `/invitations/${made.token}` };
    },
  );
  api.delete(
    '/invitations/{id}',
    { summary: 'Close an invitation link', scope: 'admin' },
    ({ tx, actor, params }) => revokeInvitation(tx, actor, params.id),
  );
}
