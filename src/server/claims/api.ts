/** /api/v1: outside authors, and who they turn out to be. */
import { instant, personRef } from '../conversation/shapes.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import { listOutsideAuthors, type OutsideAuthor } from './authors.ts';
import { claimAuthor, declineClaim, listClaims, type ClaimView } from './claim.ts';
import { confirmClaim, linkAuthor } from './link.ts';

export const claimsApi = newApi('Outside authors');
const api = claimsApi;

const outsideAuthor = z
  .object({
    id: z.uuid(),
    handle: z.string(),
    name: z.string(),
    since: instant,
    posts: z.array(z.object({ id: z.uuid(), title: z.string() })),
    commented: z.array(z.object({ id: z.uuid(), title: z.string() })).describe('Posts that they spoke under'),
  })
  .meta({ id: 'OutsideAuthor' }) satisfies z.ZodType<OutsideAuthor>;

const claim = z
  .object({
    id: z.uuid(),
    author: outsideAuthor,
    claimant: personRef,
    words: z.string(),
    createdAt: instant,
    state: z.enum(['waiting', 'declined']),
  })
  .meta({ id: 'Claim' }) satisfies z.ZodType<ClaimView>;

api.get(
  '/outside-authors',
  {
    summary: 'Authors of imported texts who are nobody here yet',
    query: z.object({
      ...pageQuery,
      query: z.string().optional().describe('How a word of the name begins'),
    }),
    answers: pageOf(outsideAuthor),
  },
  ({ db, actor, query }) => listOutsideAuthors(db, actor, query),
);

api.post(
  '/outside-authors/{handle}/link',
  {
    summary: 'Make an outside author a person of the network, or another outside author (admins)',
    description: 'All he wrote is then the work of that person. Nothing undoes it.',
    scope: 'admin',
    body: z.object({ person: z.string().describe('Handle') }).meta({ id: 'AuthorLink' }),
  },
  ({ tx, actor, params, body }) => linkAuthor(tx, actor, { author: params.handle, person: body.person }),
);

api.post(
  '/outside-authors/{handle}/claims',
  {
    summary: 'Say that an outside author is you; an admin decides',
    body: z.object({ words: z.string().nullish() }).meta({ id: 'NewClaim' }),
    answers: z.object({ id: z.uuid() }),
    status: 201,
  },
  ({ tx, actor, params, body }) => claimAuthor(tx, actor, { author: params.handle, ...body }),
);

api.get(
  '/me/claims',
  { summary: 'What you claimed and is not yours yet', query: z.object(pageQuery), answers: pageOf(claim) },
  ({ db, actor, query }) => listClaims(db, actor, { ...query, mine: true }),
);

api.get(
  '/claims',
  {
    summary: 'Claims that wait (admins)',
    scope: 'admin',
    query: z.object(pageQuery),
    answers: pageOf(claim),
  },
  ({ db, actor, query }) => listClaims(db, actor, query),
);

api.put(
  '/claims/{id}/acceptance',
  { summary: 'Say yes: what the outside author wrote is the claimant’s (admins)', scope: 'admin' },
  ({ tx, actor, params }) => confirmClaim(tx, actor, params.id),
);

api.delete(
  '/claims/{id}',
  { summary: 'Say no to a claim (admins)', scope: 'admin' },
  ({ tx, actor, params }) => declineClaim(tx, actor, params.id),
);
