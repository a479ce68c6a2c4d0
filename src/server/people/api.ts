/** /api/v1/people/me and what hangs on one's own account; for those who run the network, /api/v1/admin/people. */
import { newApi, z } from '../platform/api/frame.ts';
import { addAdminRoutes } from './api-admin.ts';
import { feedKeyOf, renewFeedKey, revokeFeedKey } from './feed-key.ts';
import { editProfile, ownProfile, type OwnProfile } from './profile.ts';
import { endOtherSessions, endSession, sessionsOf, type SessionView } from './sessions.ts';
import { createToken, revokeToken, tokensOf, type TokenView } from './tokens.ts';

export const peopleApi = newApi('People');

const instant = z.iso.datetime();

const profile = z
  .object({
    handle: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    headline: z.string(),
    bio: z.string().describe('Markdown'),
    asksAbout: z.array(z.string()),
    helpsWith: z.array(z.string()),
    language: z.enum(['fr', 'en']),
    timeZone: z.string(),
    website: z.string().nullable(),
    picture: z.uuid().nullable().describe('Its bytes: /people/{handle}/picture'),
  })
  .meta({ id: 'OwnProfile' }) satisfies z.ZodType<OwnProfile>;

peopleApi.get('/people/me', { summary: 'Your own profile', answers: profile }, ({ db, actor }) =>
  ownProfile(db, actor),
);

peopleApi.patch(
  '/people/me',
  {
    summary: 'Change your profile: what is not given stays',
    body: profile.omit({ email: true, picture: true }).partial().meta({ id: 'ProfileChange' }),
    answers: profile,
  },
  async ({ tx, actor, body }) => {
    await editProfile(tx, actor, body);
    return ownProfile(tx, actor);
  },
);

const session = z
  .object({
    id: z.string(),
    browser: z.string().describe('As the browser calls itself'),
    openedAt: instant,
    usedOn: z.iso.date(),
  })
  .meta({ id: 'Session' }) satisfies z.ZodType<SessionView>;

peopleApi.get(
  '/sessions',
  { summary: 'The browsers you are signed in with', answers: listOf(session) },
  async ({ db, actor }) => ({ items: await sessionsOf(db, actor), next: null }),
);

peopleApi.delete('/sessions', { summary: 'Sign out everywhere' }, ({ tx, actor }) =>
  endOtherSessions(tx, actor, null),
);

peopleApi.delete(
  '/sessions/{name}',
  { summary: 'Sign out of one browser, by the id of its session' },
  ({ tx, actor, params }) => endSession(tx, actor, params.name),
);

const scopes = z.array(z.enum(['read', 'write', 'admin']));
const token = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes,
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedOn: z.iso.date().nullable(),
  })
  .meta({ id: 'Token' }) satisfies z.ZodType<TokenView>;

peopleApi.get(
  '/tokens',
  { summary: 'Your tokens that still open', answers: listOf(token) },
  async ({ db, actor }) => ({ items: await tokensOf(db, actor), next: null }),
);

peopleApi.post(
  '/tokens',
  {
    summary: 'Make a token, told this once',
    description: 'It never opens more than the token or session that asks for it, and ends no later.',
    body: z
      .object({ name: z.string(), scopes: scopes.optional(), days: z.number().nullish() })
      .meta({ id: 'NewToken' }),
    answers: z.object({ id: z.uuid(), token: z.string() }),
    status: 201,
    toldOnce: true,
  },
  ({ tx, actor, body }) => createToken(tx, actor, body),
);

peopleApi.delete('/tokens/{id}', { summary: 'End a token' }, ({ tx, actor, params }) =>
  revokeToken(tx, actor, params.id),
);

const feedKey = z.object({ key: z.string().nullable() }).meta({ id: 'FeedKey' });

peopleApi.get(
  '/feed-key',
  { summary: 'The key of your private feeds', answers: feedKey, scope: 'write' },
  async ({ db, actor }) => ({ key: await feedKeyOf(db, actor) }),
);

peopleApi.put(
  '/feed-key',
  { summary: 'Make the key, or a new one in place of the old', answers: feedKey },
  async ({ tx, actor }) => ({ key: await renewFeedKey(tx, actor) }),
);

peopleApi.delete('/feed-key', { summary: 'End the key' }, ({ tx, actor }) => revokeFeedKey(tx, actor));

addAdminRoutes(peopleApi);

/** What a list of everything answers. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.null() });
}
