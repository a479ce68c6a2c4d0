/** /api/v1/pages/{id}: its versions, the changes of its text, what is said beside it. */
import { instant, made, personRef } from '../conversation/shapes.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import { pageView } from './api.ts';
import { takeChange } from './change.ts';
import { changesSince } from './changes.ts';
import { compareVersions, pageHistory, restoreVersion } from './history.ts';
import { commentPassage, passagesOf } from './passages.ts';
import { readPage } from './read.ts';

export const pageTextApi = newApi('Pages');
const api = pageTextApi;

const version = z
  .object({
    number: z.number().int(),
    title: z.string(),
    writers: z.array(personRef),
    begunAt: instant,
    changedAt: instant,
    restores: z.number().int().nullable().describe('The earlier version that was brought back'),
  })
  .meta({ id: 'PageVersion' });
const stretch = z
  .object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })
  .meta({ id: 'Stretch' });

api.get(
  '/pages/{id}/versions',
  {
    summary: 'The versions of a page, the present one first',
    query: z.object(pageQuery),
    answers: pageOf(version),
  },
  ({ db, actor, params, query }) => pageHistory(db, actor, params.id, query),
);

api.get(
  '/pages/{id}/versions/{number}',
  {
    summary: 'One version, and word by word what it changed',
    query: z.object({
      since: z.coerce
        .number<string>()
        .int()
        .min(1)
        .max(1e6)
        .optional()
        .describe('Another version to compare with'),
    }),
    answers: z.object({
      after: version.extend({ body: z.string() }).meta({ id: 'PageVersionText' }),
      before: version.extend({ body: z.string() }).nullable(),
      title: z.array(stretch),
      body: z.array(stretch),
    }),
  },
  ({ db, actor, params, query }) =>
    compareVersions(db, actor, params.id, { number: numberOf(params.number), since: query.since }),
);

api.post(
  '/pages/{id}/versions/{number}/restoration',
  { summary: 'Bring an earlier version back, as the newest one', answers: pageView },
  async ({ tx, actor, params }) => {
    await restoreVersion(tx, actor, params.id, numberOf(params.number));
    return readPage(tx, actor, params.id);
  },
);

/** No version has the number 0. */
function numberOf(text: string): number {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0;
}

const changes = z
  .object({
    version: z.number().int(),
    changes: z.array(z.string()).describe('Yjs updates in base64, in order'),
  })
  .meta({ id: 'PageChanges' });

api.get(
  '/pages/{id}/changes',
  {
    summary: 'What changed in the text of a page since a version that you have',
    description: 'The document is a Yjs document whose text, in Markdown, is named `text`.',
    query: z.object({ since: z.coerce.number<string>().int().min(0).max(2e9).optional() }),
    answers: changes,
  },
  ({ db, actor, params, query }) => changesSince(db, actor, params.id, query.since ?? 0),
);

api.post(
  '/pages/{id}/changes',
  {
    summary: 'Add what you wrote to the text of a page; the same change twice is the same change',
    body: z.object({ change: z.string().describe('A Yjs update in base64') }),
    answers: z.object({ version: z.number().int() }),
  },
  ({ tx, actor, params, body }) => takeChange(tx, actor, params.id, body.change),
);

const passage = z
  .object({
    commentId: z.uuid(),
    quote: z.string(),
    before: z.string(),
    after: z.string(),
    author: personRef,
  })
  .meta({ id: 'Passage' });

api.get(
  '/pages/{id}/passages',
  {
    summary: 'The passages of a page beside which something was said, what was said last first',
    query: z.object(pageQuery),
    answers: pageOf(passage),
  },
  ({ db, actor, params, query }) => passagesOf(db, actor, params.id, query),
);

api.post(
  '/pages/{id}/passages',
  {
    summary: 'Say something beside a passage of a page',
    body: z.object({
      quote: z.string().describe('The words of the passage, as they are read'),
      before: z.string().nullish(),
      after: z.string().nullish(),
      version: z.number().int().nullish().describe('The version in which you read them'),
      body: z.string().describe('Markdown'),
    }),
    answers: made,
    status: 201,
  },
  ({ tx, actor, params, body }) => commentPassage(tx, actor, params.id, body),
);
