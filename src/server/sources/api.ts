/** /api/v1/desk/sources, /readings, /rules: what one follows and reads. Another's does not exist here. */
import { made } from '../conversation/shapes.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import { ringFor } from '../platform/jobs.ts';
import { LOOK_AT_SOURCES, SOURCES } from './first-reading.ts';
import { followAddress } from './follow.ts';
import { forwardReading } from './forward.ts';
import { markAllRead, markReading } from './mark.ts';
import { readOpml, sourcesOpml, takeList } from './opml.ts';
import { listReadings, readReading, READING_STATES } from './readings.ts';
import { recommendedSources, recommendSource, takeRecommendationBack } from './recommend.ts';
import { dropRule, makeRule, ownRules, RULE_DOES } from './rules.ts';
import { readingSummary, readingView, recommendedView, ruleView, sourceView } from './shapes.ts';
import { changeSource, letSourceGo, ownSources, readSource } from './subscriptions.ts';

export const sourcesApi = newApi('Sources');

const following = {
  title: z.string().nullish().describe('Your own name for it'),
  watch: z.uuid().nullish().describe('Id of a watch of your own that it feeds'),
};

sourcesApi.get(
  '/desk/sources',
  { summary: 'The sources you follow; nobody else learns which', answers: pageOf(sourceView) },
  async ({ db, actor }) => ({ items: await ownSources(db, actor), next: null }),
);

sourcesApi.post(
  '/desk/sources',
  {
    summary: 'Follow a source',
    description:
      'The address of a feed, or of a site that has one. It is looked at within moments; `error` then says how it went.',
    body: z.object({ url: z.string(), ...following }).meta({ id: 'NewSource' }),
    answers: made,
    waits: () => true,
  },
  async ({ tx, actor, body }) => {
    const source = await followAddress(tx, actor, body);
    await ringFor(tx, LOOK_AT_SOURCES, SOURCES);
    return source;
  },
);

sourcesApi.get(
  '/desk/sources/{id}',
  { summary: 'One of them', answers: sourceView },
  ({ db, actor, params }) => readSource(db, actor, params.id),
);

sourcesApi.patch(
  '/desk/sources/{id}',
  {
    summary: 'Name it, or have it feed a watch: what is not given stays',
    body: z.object(following).meta({ id: 'SourceChange' }),
    answers: sourceView,
  },
  async ({ tx, actor, params, body }) => {
    await changeSource(tx, actor, params.id, body);
    return readSource(tx, actor, params.id);
  },
);

sourcesApi.delete(
  '/desk/sources/{id}',
  { summary: 'Follow it no longer; what you kept stays' },
  ({ tx, actor, params }) => letSourceGo(tx, actor, params.id),
);

sourcesApi.get(
  '/desk/opml',
  {
    summary: 'The sources you follow as OPML, for any reader of feeds',
    answers: z.string(),
    media: 'text/x-opml',
  },
  async ({ db, actor }) =>
    new Response(await sourcesOpml(db, actor), {
      headers: {
        'content-type': 'text/x-opml; charset=utf-8',
        'content-disposition': 'attachment; filename="sources.opml"',
      },
    }),
);

sourcesApi.prepared(
  '/desk/opml',
  {
    summary: 'Follow what a list of feeds (OPML) names',
    body: z
      .object({
        content: z.string().describe('The file itself'),
        folders: z.boolean().optional().describe('Each folder becomes a watch of that name'),
      })
      .meta({ id: 'SourceList' }),
    answers: z
      .object({
        new: z.number().int(),
        known: z.number().int(),
        skipped: z.array(z.object({ line: z.number().int(), reason: z.string() })),
      })
      .meta({ id: 'SourceListTaken' }),
  },
  async ({ content, folders }) => ({ list: await readOpml(Buffer.from(content)), folders }),
  async ({ tx, actor, body: { list, folders } }) => {
    const taken = await takeList(tx, actor, list, { folders });
    await ringFor(tx, LOOK_AT_SOURCES, SOURCES);
    return taken;
  },
);

const within = {
  source: z.string().optional().describe('Id of one of your sources'),
  watch: z.string().optional().describe('Id of a watch of yours: what its sources bring'),
};

sourcesApi.get(
  '/desk/readings',
  {
    summary: 'What your sources brought, newest first; kept ones in the order of keeping',
    query: z.object({
      ...pageQuery,
      ...within,
      state: z.enum(READING_STATES).optional().describe('`unread` unless told'),
    }),
    answers: pageOf(readingSummary),
  },
  ({ db, actor, query }) => listReadings(db, actor, query),
);

sourcesApi.put(
  '/desk/readings/read',
  {
    summary: 'Mark all as read',
    body: z
      .object({
        ...within,
        upto: z.string().optional().describe('Id of the newest that was seen: what came since stays'),
      })
      .meta({ id: 'ReadUpto' }),
  },
  ({ tx, actor, body }) => markAllRead(tx, actor, body),
);

sourcesApi.get(
  '/desk/readings/{id}',
  { summary: 'One of them, whole', answers: readingView },
  ({ db, actor, params }) => readReading(db, actor, params.id),
);

sourcesApi.patch(
  '/desk/readings/{id}',
  {
    summary: 'Mark it as read, or keep it: what is not given stays',
    body: z
      .object({ read: z.boolean().optional(), kept: z.boolean().optional() })
      .meta({ id: 'ReadingMark' }),
    answers: readingView,
  },
  async ({ tx, actor, params, body }) => {
    await markReading(tx, actor, params.id, body);
    return readReading(tx, actor, params.id);
  },
);

sourcesApi.post(
  '/desk/readings/{id}/forwarding',
  {
    summary: 'Put it on your desk, with your words, in a watch or in none',
    body: z
      .object({
        watch: z.uuid().nullish().describe('Id of a watch of your own'),
        note: z.string().nullish().describe('Markdown'),
        forMe: z.boolean().optional().describe('In a shared watch: for yourself alone all the same'),
      })
      .meta({ id: 'Forwarding' }),
    answers: made,
    status: 201,
  },
  ({ tx, actor, params, body }) => forwardReading(tx, actor, params.id, body),
);

sourcesApi.get(
  '/desk/rules',
  { summary: 'Your rules by words', answers: pageOf(ruleView) },
  async ({ db, actor }) => ({ items: await ownRules(db, actor), next: null }),
);

sourcesApi.post(
  '/desk/rules',
  {
    summary: 'Have what says certain words filed under a watch, kept, or passed over as read',
    description:
      'Words without regard to accents and capitals: `acme prix` both, `acme, norvalt` either, `"acme france"` in a row, ' +
      '`pomp*` how a word begins.',
    body: z
      .object({
        words: z.string(),
        does: z.enum(RULE_DOES),
        watch: z.uuid().nullish(),
        source: z.uuid().nullish().describe('For this source only'),
        past: z.boolean().optional().describe('Over your latest 500 readings, too'),
      })
      .meta({ id: 'NewReadingRule' }),
    answers: made.extend({ applied: z.number().int() }).meta({ id: 'MadeReadingRule' }),
    status: 201,
  },
  ({ tx, actor, body }) => makeRule(tx, actor, body),
);

sourcesApi.delete(
  '/desk/rules/{id}',
  { summary: 'Let a rule go; what it did stays' },
  ({ tx, actor, params }) => dropRule(tx, actor, params.id),
);

sourcesApi.get(
  '/recommended-sources',
  {
    summary: 'Sources that colleagues say are useful, where you may read it',
    query: z.object({ community: z.string().optional().describe('Slug') }),
    answers: pageOf(recommendedView),
  },
  async ({ db, actor, query }) => ({ items: await recommendedSources(db, actor, query), next: null }),
);

sourcesApi.post(
  '/recommended-sources',
  {
    summary: 'Say to a community that a source of yours is useful',
    body: z
      .object({
        community: z.string().describe('Slug'),
        source: z.uuid().describe('Id of one of your sources'),
        why: z.string().nullish().describe('In a line'),
      })
      .meta({ id: 'NewRecommendation' }),
    answers: made,
    status: 201,
  },
  ({ tx, actor, body }) => recommendSource(tx, actor, body),
);

sourcesApi.delete('/recommended-sources/{id}', { summary: 'Take it back' }, ({ tx, actor, params }) =>
  takeRecommendationBack(tx, actor, params.id),
);
