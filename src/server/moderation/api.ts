/** /api/v1: reports, what is hidden, and the log of what was done. */
import { instant, personRef } from '../conversation/shapes.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import { AUDIT_KINDS, auditLog, AUDITED, type AuditLine, type AuditName } from './audit.ts';
import { listHidden } from './hidden.ts';
import { hideThing, showThing } from './hide.ts';
import { BOXES, listReports, readReport } from './list.ts';
import type { HiddenView, ReportView, ThingView } from './present.ts';
import { REASONS, reportThing } from './report.ts';
import { resolveReport } from './resolve.ts';
import { OUTCOMES } from './settle.ts';
import { NOUNS, thingOf } from './thing.ts';

export const moderationApi = newApi('Order');
const api = moderationApi;

const onWhat = z.enum(NOUNS);

const thing = z
  .object({
    on: onWhat,
    id: z.uuid(),
    url: z.string(),
    title: z.string(),
    excerpt: z.string(),
    author: personRef,
    hidden: z.boolean(),
  })
  .meta({ id: 'Thing' }) satisfies z.ZodType<ThingView>;

const report = z
  .object({
    id: z.uuid(),
    on: onWhat,
    reason: z.enum(REASONS),
    words: z.string(),
    createdAt: instant,
    state: z.enum(['waiting', ...OUTCOMES, 'gone']),
    resolvedAt: instant.nullable(),
    answer: z.string().describe('What was said to whoever reported'),
    thing: thing.nullable().describe('Null where you may not read it any more'),
    reporter: personRef.nullable(),
    resolvedBy: personRef.nullable(),
    may: z.object({ decide: z.boolean() }),
  })
  .meta({ id: 'Report' }) satisfies z.ZodType<ReportView>;

api.post(
  '/reports',
  {
    summary: 'Report a post, a page, a comment, a shared watch or a dossier to those who keep order there',
    description: 'Said again while it waits, it replaces what you said before.',
    body: z
      .object({
        on: onWhat,
        id: z.string().describe('Of the thing; a page is told of as a post'),
        reason: z.enum(REASONS),
        words: z.string().nullish().describe('Needed with `other`'),
      })
      .meta({ id: 'NewReport' }),
    answers: report,
    status: 201,
  },
  async ({ tx, actor, body: { on, id: thingId, ...body } }) => {
    const { id } = await reportThing(tx, actor, { ...body, ...thingOf(on, thingId) });
    return readReport(tx, actor, id);
  },
);

api.get(
  '/reports',
  {
    summary: 'The reports you made, or those you decide on',
    query: z.object({
      ...pageQuery,
      box: z
        .enum(BOXES)
        .optional()
        .describe('`mine` unless told; `waiting` and `decided` where you keep order'),
    }),
    answers: pageOf(report),
  },
  ({ db, actor, query: { box = 'mine', ...query } }) => listReports(db, actor, { box, ...query }),
);

api.get('/reports/{id}', { summary: 'One report', answers: report }, ({ db, actor, params }) =>
  readReport(db, actor, params.id),
);

api.post(
  '/reports/{id}/resolution',
  {
    summary: 'Decide on a report, and on every other one of the same thing',
    body: z
      .object({
        outcome: z.enum(OUTCOMES),
        reason: z.string().nullish().describe('Needed with `hidden`; the author reads it'),
        answer: z.string().nullish().describe('To whoever reported'),
      })
      .meta({ id: 'Resolution' }),
    answers: report,
  },
  async ({ tx, actor, params, body }) => {
    await resolveReport(tx, actor, params.id, body);
    return readReport(tx, actor, params.id);
  },
);

const why = z
  .object({
    reason: z.string(),
    answer: z.string().nullish().describe('To whoever reported it'),
  })
  .meta({ id: 'Hiding' });

const HIDEABLE = [
  { on: 'post', at: '/posts', called: 'post', told: 'its author' },
  { on: 'comment', at: '/comments', called: 'comment', told: 'its author' },
  { on: 'watch', at: '/desk/watches', called: 'shared watch', told: 'its owner' },
  { on: 'dossier', at: '/dossiers', called: 'dossier', told: 'its founder' },
] as const;

for (const { on, at, called, told } of HIDEABLE) {
  api.put(
    `${at}/{id}/hiding`,
    { summary: `Hide a ${called}, with a reason ${told} reads`, body: why },
    ({ tx, actor, params, body }) => hideThing(tx, actor, { ...thingOf(on, params.id), ...body }),
  );
  api.delete(`${at}/{id}/hiding`, { summary: `Show a hidden ${called} again` }, ({ tx, actor, params }) =>
    showThing(tx, actor, thingOf(on, params.id)),
  );
}

const hidden = thing
  .extend({ hiddenAt: instant, hiddenBy: personRef.nullable(), reason: z.string() })
  .meta({ id: 'HiddenThing' }) satisfies z.ZodType<HiddenView>;

api.get(
  '/hidden',
  { summary: 'What is hidden where you keep order', query: z.object(pageQuery), answers: pageOf(hidden) },
  ({ db, actor, query }) => listHidden(db, actor, query),
);

const names = Object.values(AUDITED).flat() as [AuditName, ...AuditName[]];

const auditLine = z
  .object({
    id: z.string(),
    name: z.enum(names),
    kind: z.enum(AUDIT_KINDS),
    at: instant,
    actor: personRef.nullable(),
    person: personRef.nullable(),
    community: z.object({ slug: z.string(), name: z.string() }).nullable(),
    url: z.string().nullable(),
    details: z.record(z.string(), z.string()),
  })
  .meta({ id: 'AuditLine' }) satisfies z.ZodType<AuditLine>;

api.get(
  '/audit',
  {
    summary: 'What was done to accounts, roles, invitations, communities and order (admins)',
    description: 'What happened in a community that you may not know of is not told.',
    scope: 'admin',
    query: z.object({
      ...pageQuery,
      kind: z.enum(AUDIT_KINDS).optional(),
      person: z.string().optional().describe('Handle of who did it, or whom it was about'),
    }),
    answers: pageOf(auditLine),
  },
  ({ db, actor, query }) => auditLog(db, actor, query),
);
