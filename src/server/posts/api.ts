/** /api/v1/posts: write, read, change, delete, bring back. */
import type { EntryView } from '../conversation/present.ts';
import { entrySummary, instant, made } from '../conversation/shapes.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import { concealedPostsOf } from './concealed.ts';
import { createPost } from './create.ts';
import { draftsOf } from './drafts.ts';
import { editPost } from './edit.ts';
import { postHistory } from './history.ts';
import { readPost } from './read.ts';
import {
  dropRework,
  keepRework,
  readRework,
  REWORKED,
  reworksOf,
  type Rework,
  type ReworkFields,
} from './rework.ts';
import { deletedPostsOf, deletePost, restorePost } from './remove.ts';
import { concealedPost, draft, heldBack, ownPost, unpublishedPost } from './shapes.ts';
import { unpublishedOf } from './unpublished.ts';

export const postsApi = newApi('Posts');

const newPost = z
  .object({
    title: z.string().nullish(),
    body: z.string().describe('Markdown: CommonMark with GFM'),
    community: z.string().nullish().describe('Slug of a community; your own blog where absent'),
    tags: z.array(z.string()).nullish(),
    status: z.enum(['draft', 'published']).optional().describe('A draft where nothing is said'),
    cover: z
      .string()
      .nullish()
      .describe(
        'Address of a picture: one elsewhere, or `/files/ID` of one that you brought; empty takes it away',
      ),
    coverAlt: z.string().max(500).nullish().describe('What the cover shows, for whoever does not see it'),
    sourceUrl: z.string().nullish().describe('The outside article that this post passes on'),
    sourceTitle: z.string().nullish(),
    sourceAuthor: z.string().nullish(),
    curatedId: z.string().nullish().describe('The post of a colleague that this one passes on'),
    purpose: z.enum(['tell', 'ask', 'find']).optional().describe('`tell` where nothing is said'),
    publishAt: z.iso
      .datetime({ offset: true })
      .nullish()
      .describe('When the draft comes out by itself; null takes that back'),
  })
  .meta({ id: 'NewPost' });

const post = entrySummary
  .omit({ publishedAt: true, voices: true })
  .extend({
    status: z.enum(['draft', 'published']),
    publishedAt: instant.nullable(),
    createdAt: instant,
    coverAlt: z.string().describe('What the cover shows, for whoever does not see it'),
    version: z.number().int(),
    publishAt: instant.nullable(),
    heldBack,
    body: z.string(),
    html: z.string(),
    revisions: z.number().int(),
    curatedId: z.uuid().nullable(),
    enclosure: z
      .object({
        url: z.string(),
        type: z.string(),
        length: z.number(),
        seconds: z.number().optional(),
        episode: z.number().int().optional().describe('Its number in its community or its author’s blog'),
      })
      .nullable()
      .describe('The recording that makes the post an episode'),
    hidden: z.object({ at: instant, reason: z.string() }).nullable(),
    may: z.object({
      edit: z.boolean(),
      delete: z.boolean(),
      comment: z.boolean(),
      react: z.boolean(),
      curate: z.boolean(),
      report: z.boolean(),
      hide: z.boolean(),
    }),
  })
  .meta({ id: 'Post' }) satisfies z.ZodType<EntryView>;

postsApi.post(
  '/posts',
  { summary: 'Write a post', body: newPost, answers: made, status: 201, alone: true },
  ({ tx, actor, body }) => createPost(tx, actor, body),
);

postsApi.get('/posts/{id}', { summary: 'One post', answers: post }, ({ db, actor, params }) =>
  readPost(db, actor, params.id),
);

postsApi.patch(
  '/posts/{id}',
  {
    summary: 'Change your post: what is not given stays',
    description:
      'A draft comes out with `status: "published"`. Once it is out, every version stays readable. With the `version` ' +
      'that you read, a change over words that you have not read is refused as a conflict.',
    body: newPost.partial().extend({ version: z.number().int().optional() }).meta({ id: 'PostChange' }),
    answers: post,
  },
  async ({ tx, actor, params, body }) => {
    await editPost(tx, actor, params.id, body);
    return readPost(tx, actor, params.id);
  },
);

postsApi.delete(
  '/posts/{id}',
  { summary: 'Delete your post; 30 days to regret it' },
  ({ tx, actor, params }) => deletePost(tx, actor, params.id),
);

postsApi.post(
  '/posts/{id}/restoration',
  { summary: 'Bring your deleted post back', answers: post },
  async ({ tx, actor, params }) => {
    await restorePost(tx, actor, params.id);
    return readPost(tx, actor, params.id);
  },
);

const version = z
  .object({ title: z.string(), body: z.string(), writtenAt: instant, replacedAt: instant.nullable() })
  .meta({ id: 'PostVersion' });

postsApi.get(
  '/posts/{id}/history',
  {
    summary: 'Every version of a post, the present one first',
    query: z.object(pageQuery),
    answers: pageOf(version),
  },
  ({ db, actor, params, query }) => postHistory(db, actor, params.id, query),
);

const reworked = z
  .object(Object.fromEntries(REWORKED.map((name) => [name, z.string().optional()])))
  .meta({ id: 'ReworkFields' }) satisfies z.ZodType<ReworkFields>;

const rework = z
  .object({
    id: z.uuid(),
    title: z.string(),
    savedAt: instant,
    version: z.number().int(),
    of: z.number().int().describe('The version of the post that is being changed'),
  })
  .meta({ id: 'Rework' }) satisfies z.ZodType<Rework>;

postsApi.get(
  '/posts/{id}/reworks',
  { summary: 'What you are changing of your published post, the latest first', answers: pageOf(rework) },
  async ({ db, actor, params }) => ({ items: await reworksOf(db, actor, params.id), next: null }),
);

postsApi.get(
  '/posts/{id}/reworks/{reworkId}',
  { summary: 'One of them, with what was typed', answers: rework.extend({ fields: reworked }) },
  ({ db, actor, params }) => readRework(db, actor, params.id, params.reworkId),
);

postsApi.put(
  '/posts/{id}/reworks/{reworkId}',
  {
    summary: 'Keep what you are changing of your published post, without publishing it',
    description:
      'The id is yours to choose. Without the `version` that you have in hand it begins; one that has gone on elsewhere ' +
      'is refused as a conflict.',
    body: z
      .object({
        fields: reworked,
        of: z.number().int().min(1).describe('The version of the post that you are changing'),
        version: z.number().int().min(0).optional(),
      })
      .meta({ id: 'NewRework' }),
    answers: z.object({ id: z.uuid(), version: z.number().int() }).meta({ id: 'KeptRework' }),
  },
  ({ tx, actor, params, body }) => keepRework(tx, actor, params.id, params.reworkId, body),
);

postsApi.delete(
  '/posts/{id}/reworks/{reworkId}',
  { summary: 'Throw it away; the post stays as it is' },
  ({ tx, actor, params }) => dropRework(tx, actor, params.id, params.reworkId),
);

postsApi.get(
  '/drafts',
  {
    summary: 'Your drafts: first those that come out by themselves, then the newest',
    answers: pageOf(draft),
  },
  ({ db, actor }) => draftsOf(db, actor),
);

postsApi.get(
  '/desk/drafts',
  {
    summary:
      'What you wrote and nobody else reads yet: drafts, and what you are changing of posts that are out',
    answers: pageOf(unpublishedPost),
  },
  async ({ db, actor }) => ({ items: await unpublishedOf(db, actor), next: null }),
);

postsApi.get(
  '/deleted-posts',
  { summary: 'Your deleted posts that can still be brought back', answers: pageOf(ownPost) },
  ({ db, actor }) => deletedPostsOf(db, actor),
);

postsApi.get(
  '/hidden-posts',
  {
    summary: 'Your posts that were hidden, with the reason; nobody else reads them, but who keeps order',
    answers: pageOf(concealedPost),
  },
  ({ db, actor }) => concealedPostsOf(db, actor),
);
