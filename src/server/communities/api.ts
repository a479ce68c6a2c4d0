/** /api/v1: communities, who is in them, and the directory of people. */
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import { listPeople } from './directory.ts';
import { archiveCommunity, changeAccess, editCommunity, unarchiveCommunity } from './edit.ts';
import { foundCommunity } from './found.ts';
import { joinCommunity, leaveCommunity } from './join.ts';
import { listCommunities, markSeen, myCommunities } from './list.ts';
import { readProfile } from './profile.ts';
import { readCommunity } from './read.ts';
import {
  access,
  communitySummary,
  communityView,
  ownCommunity,
  personInDirectory,
  profileView,
  standing,
} from './shapes.ts';
import { memberRoutes } from './api-members.ts';

export const communitiesApi = newApi('Communities');
const api = communitiesApi;

const prefix = z.string().optional().describe('How a word of the name begins; accents and case do not count');
const words = {
  description: z.string().nullish().describe('Markdown'),
  emoji: z.string().nullish(),
  themes: z.array(z.string()).nullish(),
};

api.get(
  '/communities',
  {
    summary: 'Communities you may know of, by name',
    query: z.object({
      ...pageQuery,
      prefix,
      theme: z.string().optional(),
      mine: z.enum(['true', 'false']).optional().describe('true: those you are in; false: the others'),
    }),
    answers: pageOf(communitySummary),
  },
  ({ db, actor, query: { mine, ...query } }) =>
    listCommunities(db, actor, { ...query, mine: mine && mine === 'true' }),
);

api.post(
  '/communities',
  {
    summary: 'Found a community; you animate it',
    body: z.object({ name: z.string(), access, ...words }),
    answers: communityView,
    status: 201,
  },
  async ({ tx, actor, body }) => readCommunity(tx, actor, (await foundCommunity(tx, actor, body)).slug),
);

api.get(
  '/communities/{slug}',
  { summary: 'One community, and what you may do there', answers: communityView },
  ({ db, actor, params }) => readCommunity(db, actor, params.slug),
);

api.patch(
  '/communities/{slug}',
  {
    summary: 'Change what it says of itself, its access, or whether it is archived (animators)',
    description: 'A community made secret gets a new slug, which the answer carries.',
    body: z.object({
      ...words,
      name: z.string().optional(),
      access: access.optional(),
      archived: z.boolean().optional(),
    }),
    answers: communityView,
  },
  async ({ tx, actor, params, body: { access: wanted, archived, ...changes } }) => {
    let { slug } = params;
    if (Object.keys(changes).length > 0) await editCommunity(tx, actor, slug, changes);
    if (archived !== undefined) await (archived ? archiveCommunity : unarchiveCommunity)(tx, actor, slug);
    if (wanted !== undefined) ({ slug } = await changeAccess(tx, actor, slug, wanted));
    return readCommunity(tx, actor, slug);
  },
);

api.put(
  '/communities/{slug}/membership',
  {
    summary: 'Join: at once where it is open or you were invited; else you have asked',
    body: z.object({
      message: z.string().nullish().describe('To those who answer, where one asks'),
    }),
    answers: z.object({ standing }),
    waits: (answer) => answer.standing === 'asked',
  },
  async ({ tx, actor, params, body }) => ({
    standing: await joinCommunity(tx, actor, params.slug, body.message),
  }),
);

api.delete(
  '/communities/{slug}/membership',
  { summary: 'Leave, or ask no longer' },
  ({ tx, actor, params }) => leaveCommunity(tx, actor, params.slug),
);

api.put(
  '/communities/{slug}/seen',
  { summary: 'Say that you have looked: what stands there now is no longer new' },
  async ({ tx, actor, params }) => markSeen(tx, actor, (await readCommunity(tx, actor, params.slug)).id),
);

memberRoutes(api);

api.get(
  '/me/communities',
  {
    summary: 'Your communities, and where something is new',
    query: z.object(pageQuery),
    answers: pageOf(ownCommunity),
  },
  ({ db, actor, query }) => myCommunities(db, actor, query),
);

api.get(
  '/people',
  {
    summary: 'People you may know of, by name',
    query: z.object({
      ...pageQuery,
      prefix,
      subject: z.string().optional().describe('How a word of what they help with or ask about begins'),
      community: z.string().optional().describe('Slug: its members only'),
    }),
    answers: pageOf(personInDirectory),
  },
  ({ db, actor, query }) => listPeople(db, actor, query),
);

api.get('/people/{handle}', { summary: 'One person', answers: profileView }, ({ db, actor, params }) =>
  readProfile(db, actor, params.handle),
);
