/** /api/v1/desk: what leaves a desk, and who will see it. */
import { communityRef, made } from '../conversation/shapes.ts';
import { readWatch } from '../desk/watches.ts';
import { watchView } from '../desk/shapes.ts';
import { newApi, z } from '../platform/api/frame.ts';
import { audienceOf, type Audience } from './audience.ts';
import { proposal } from './text.ts';
import { turnItem } from './turn.ts';
import { changeSharing, shareWatch, stopSharing } from './watch.ts';

export const sharingApi = newApi('Desk');

const audience = z
  .object({
    of: z.enum(['blog', 'open', 'members']).describe('Everybody in the network, or the members alone'),
    community: communityRef.nullable(),
    members: z.number().int().describe('With `members`: how many they are'),
  })
  .meta({ id: 'Audience' }) satisfies z.ZodType<Audience>;

sharingApi.get(
  '/desk/audience',
  {
    summary: 'Who will see what you share there',
    query: z.object({ community: z.string().optional().describe('Slug; your own blog where absent') }),
    answers: audience,
  },
  ({ db, actor, query }) => audienceOf(db, actor, query.community ?? null),
);

sharingApi.get(
  '/desk/items/{id}/proposal',
  {
    summary: 'The text that your note, clip or bookmark would become',
    answers: z.object({ title: z.string(), body: z.string() }).meta({ id: 'SharingProposal' }),
  },
  async ({ db, actor, params }) => {
    const { title, body } = await proposal(db, actor, params.id);
    return { title, body };
  },
);

sharingApi.post(
  '/desk/items/{id}/sharing',
  {
    summary: 'Turn it into a post or a page; it stays on your desk too',
    body: z
      .object({
        into: z.enum(['post', 'page']),
        community: z.string().nullish().describe('Slug; for a post, your own blog where absent'),
        title: z.string().nullish(),
        body: z.string().describe('Markdown'),
      })
      .meta({ id: 'ItemSharing' }),
    answers: made,
    status: 201,
  },
  ({ tx, actor, params, body }) => turnItem(tx, actor, params.id, body),
);

sharingApi.put(
  '/desk/watches/{id}/sharing',
  {
    summary: 'Share your watch in a community, with what you name of it',
    description:
      'What is not named stays yours alone. What is put into it later is shared, unless `forMe` says otherwise.',
    body: z
      .object({
        community: z.string().describe('Slug'),
        items: z.array(z.string()).describe('Ids of the things that leave with it'),
        rest: z.boolean().optional().describe('Beyond the latest 200: all pages and kept posts too'),
      })
      .meta({ id: 'WatchSharing' }),
    answers: watchView,
  },
  async ({ tx, actor, params, body }) => {
    await shareWatch(tx, actor, params.id, body);
    return readWatch(tx, actor, params.id);
  },
);

sharingApi.patch(
  '/desk/watches/{id}/sharing',
  {
    summary: 'Change what is shared of your shared watch, or where',
    description: 'Of the latest 200 things, those named in `items` are shared; older ones stay as they are.',
    body: z.object({ community: z.string(), items: z.array(z.string()) }).meta({ id: 'WatchSharingChange' }),
    answers: watchView,
  },
  async ({ tx, actor, params, body }) => {
    await changeSharing(tx, actor, params.id, body);
    return readWatch(tx, actor, params.id);
  },
);

sharingApi.delete(
  '/desk/watches/{id}/sharing',
  { summary: 'Take your watch back: all of it is yours alone again' },
  ({ tx, actor, params }) => stopSharing(tx, actor, params.id),
);
