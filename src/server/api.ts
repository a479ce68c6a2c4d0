/** The API: every capability's routes under /api/v1, and who is calling. */
import type { IncomingMessage } from 'node:http';
import { claimsApi } from './claims/api.ts';
import { clipsApi } from './clips/api.ts';
import { communitiesApi } from './communities/api.ts';
import { conversationApi } from './conversation/api.ts';
import { deskApi } from './desk/api.ts';
import { dossiersApi } from './dossiers/api.ts';
import { twinsApi } from './twins/api.ts';
import { erasureApi } from './erasure/api.ts';
import { Refusal } from './errors.ts';
import { exportApi } from './export/api.ts';
import { filesApi } from './files/api.ts';
import { feedApi } from './feed/api.ts';
import { firstDayApi } from './first-day/api.ts';
import { importApi } from './import/api.ts';
import { insistenceApi } from './insistence/api.ts';
import { actorFromToken } from './people/actor.ts';
import { peopleApi } from './people/api.ts';
import type { Identity } from './platform/api/call.ts';
import { newApi, z } from './platform/api/frame.ts';
import { mountApis } from './platform/api/mount.ts';
import { refusalResponse } from './platform/api/refusal-response.ts';
import { isAdmin, type Actor } from './actor.ts';
import type { Db } from './platform/db.ts';
import { liveApi } from './live/api.ts';
import { mailInApi } from './mail-in/api.ts';
import { moderationApi } from './moderation/api.ts';
import { notificationsApi } from './notifications/api.ts';
import { pageTextApi } from './pages/api-text.ts';
import { pagesApi } from './pages/api.ts';
import { portraitsApi } from './portraits/api.ts';
import { provenanceApi } from './provenance/api.ts';
import { pushApi } from './push/api.ts';
import { postsApi } from './posts/api.ts';
import { quietApi } from './quiet/api.ts';
import { sharingApi } from './sharing/api.ts';
import { searchApi } from './search/api.ts';
import { sourcesApi } from './sources/api.ts';
import { leaveUncounted } from './platform/metrics.ts';

// Pages and calls alike: nobody learns from a figure that somebody keeps something.
leaveUncounted(/^\/desk(\/|$)|\/bookmark$/);

const meApi = newApi('People');

meApi.get(
  '/me',
  {
    summary: 'Who this token or session belongs to, and what it may do',
    answers: z
      .object({
        id: z.uuid(),
        handle: z.string(),
        name: z.string(),
        role: z.enum(['owner', 'admin', 'moderator', 'member', 'guest']),
        language: z.enum(['fr', 'en']),
        timeZone: z.string(),
        picture: z.uuid().nullable(),
        scopes: z.array(z.enum(['read', 'write', 'admin'])),
      })
      .meta({ id: 'Me' }),
  },
  async ({ actor }) => ({ ...actor, picture: actor.picture ?? null, scopes: [...actor.scopes] }),
);

const answer = mountApis(
  '/api/v1',
  {
    title: 'Essaim',
    version: '1',
    description: 'Posts, comments, communities and people of one network. docs/api.md is the guide.',
  },
  [
    meApi,
    peopleApi,
    communitiesApi,
    postsApi,
    pagesApi,
    pageTextApi,
    deskApi,
    clipsApi,
    sharingApi,
    filesApi,
    conversationApi,
    feedApi,
    searchApi,
    notificationsApi,
    liveApi,
    mailInApi,
    moderationApi,
    claimsApi,
    erasureApi,
    exportApi,
    importApi,
    portraitsApi,
    pushApi,
    quietApi,
    insistenceApi,
    firstDayApi,
    sourcesApi,
    twinsApi,
    dossiersApi,
    provenanceApi,
  ],
);

/**
 * Answers one request. `session` is whoever the browser's cookie belongs to; a token goes before it. `incoming` is the
 * same request as it stands on its connection, where the caller has it.
 */
export function answerApi(
  request: Request,
  db: Db,
  session: () => Promise<Actor | null>,
  incoming?: IncomingMessage,
): Promise<Response> {
  return answer(request, { db, incoming, identify: () => identify(request, db, session) });
}

async function identify(
  request: Request,
  db: Db,
  session: () => Promise<Actor | null>,
): Promise<Identity | null> {
  const header = request.headers.get('authorization');
  if (header === null) {
    const actor = await session();
    return actor && { actor, by: 'session' };
  }
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  const actor = token ? await actorFromToken(db, token) : null;
  return actor && { actor, by: 'token' };
}

/**
 * The refusal for whoever may not read the figures of this process: they are for the machine itself, and for tokens of
 * scope admin. What a proxy on this machine hands on does not come from this machine.
 */
export async function refuseFigures(request: Request, db: Db, address: string): Promise<Response | null> {
  const handedOn = request.headers.has('x-forwarded-for') || request.headers.has('forwarded');
  if (!handedOn && /^(::1|(::ffff:)?127(\.\d+){3})$/.test(address)) return null;
  try {
    const identity = await identify(request, db, () => Promise.resolve(null));
    if (!identity) throw new Refusal('unauthenticated', 'no_credentials');
    if (!identity.actor.scopes.includes('admin') || !isAdmin(identity.actor))
      throw new Refusal('forbidden', 'scope_missing');
    return null;
  } catch (error) {
    return refusalResponse(error, request);
  }
}
