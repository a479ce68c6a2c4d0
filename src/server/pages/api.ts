/** /api/v1/pages: what a community keeps written together. */
import { communityRef, instant, made, personRef, reactionKind, tagRef } from '../conversation/shapes.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import { createPage } from './create.ts';
import { linksTo } from './links.ts';
import { movePage } from './move.ts';
import type { DeletedPage, PageView } from './present.ts';
import { readPage } from './read.ts';
import { deletedPagesOf, deletePage, restorePage } from './remove.ts';
import { EDITING, pageRules, setPageRules } from './rules.ts';
import { savePageOrRefuse } from './save.ts';
import { pagesOf } from './tree.ts';

export const pagesApi = newApi('Pages');
const api = pagesApi;

const count = z.number().int().min(0);
const pageRef = z.object({ id: z.uuid(), title: z.string() }).meta({ id: 'PageRef' });
const markdown = z
  .string()
  .describe('Markdown: CommonMark with GFM; `[[Name]]` links to another page of the community');

const newPage = z
  .object({
    community: z.string().describe('Slug of the community'),
    title: z.string(),
    body: markdown.nullish(),
    parentId: z.string().nullish().describe('The page below which it stands; at the top where absent'),
    tags: z.array(z.string()).nullish(),
    sourceUrl: z.string().nullish().describe('The outside text that it is made from'),
    sourceTitle: z.string().nullish(),
    sourceAuthor: z.string().nullish(),
    curatedId: z.string().nullish().describe('The post or page of a colleague that it is made from'),
  })
  .meta({ id: 'NewPage' });

const contributor = z
  .object({ person: personRef, firstAt: instant, lastAt: instant, versions: count })
  .meta({ id: 'Contributor' });

export const pageView = z
  .object({
    id: z.uuid(),
    title: z.string(),
    body: markdown,
    html: z.string(),
    excerpt: z.string(),
    version: z.number().int().describe('Counts the changes; sent back with a new body'),
    community: communityRef,
    author: personRef.describe('Who began it'),
    createdAt: instant,
    editedAt: instant.nullable(),
    readingMinutes: count,
    tags: z.array(tagRef),
    comments: count.describe('Read them under /posts/{id}/comments'),
    reactions: z.object({ thanks: count, useful: count, agree: count, insightful: count }),
    mine: z.array(reactionKind),
    unread: z.boolean(),
    source: z.object({ url: z.string(), title: z.string(), author: z.string() }).nullable(),
    hidden: z.object({ at: instant, reason: z.string() }).nullable(),
    above: z.array(pageRef).describe('The pages above, from the top'),
    headings: z.array(z.object({ id: z.string(), level: z.number().int(), text: z.string() })),
    contributors: z.array(contributor).describe('Who wrote it, in the order in which they came to it'),
    may: z.object({
      edit: z.boolean(),
      editOnceInside: z.boolean().describe('You would have to join the community first'),
      delete: z.boolean(),
      comment: z.boolean(),
      react: z.boolean(),
      report: z.boolean(),
      hide: z.boolean(),
    }),
  })
  .meta({ id: 'Page' }) satisfies z.ZodType<PageView>;

api.get(
  '/communities/{slug}/pages',
  {
    summary: 'The pages of a community as a tree: each behind the one it stands below',
    answers: z.object({
      items: z.array(
        pageRef
          .extend({ parentId: z.uuid().nullable(), depth: count, editedAt: instant })
          .meta({ id: 'PageNode' }),
      ),
      more: z.boolean().describe('There are others, which search finds'),
      may: z.object({ write: z.boolean() }),
    }),
  },
  ({ db, actor, params }) => pagesOf(db, actor, params.slug),
);

const deletedPage = pageRef
  .extend({
    excerpt: z.string(),
    at: instant.describe('When it was deleted'),
    by: personRef.nullable().describe('Who deleted it'),
  })
  .meta({ id: 'DeletedPage' }) satisfies z.ZodType<DeletedPage>;

api.get(
  '/communities/{slug}/deleted-pages',
  {
    summary: 'The deleted pages of a community that you can bring back, for 30 days, the latest first',
    query: z.object(pageQuery),
    answers: pageOf(deletedPage),
  },
  ({ db, actor, params, query }) => deletedPagesOf(db, actor, params.slug, query),
);

const rules = z
  .object({
    editing: z.enum(EDITING).describe('`named`: the animators and those named'),
    editors: z.array(personRef),
  })
  .meta({ id: 'PageRules' });

api.get(
  '/communities/{slug}/page-rules',
  { summary: 'Who may change the pages of a community; for its members', answers: rules },
  ({ db, actor, params }) => pageRules(db, actor, params.slug),
);

api.put(
  '/communities/{slug}/page-rules',
  {
    summary: 'Say who may change the pages of a community; for its animators',
    body: z.object({
      editing: z.enum(EDITING),
      editors: z.array(z.string()).nullish().describe('Handles of members'),
    }),
    answers: rules,
  },
  async ({ tx, actor, params, body }) => {
    await setPageRules(tx, actor, params.slug, body);
    return pageRules(tx, actor, params.slug);
  },
);

api.post(
  '/pages',
  { summary: 'Write a page', body: newPage, answers: made, status: 201 },
  ({ tx, actor, body }) => createPage(tx, actor, body),
);

api.get('/pages/{id}', { summary: 'One page', answers: pageView }, ({ db, actor, params }) =>
  readPage(db, actor, params.id),
);

api.patch(
  '/pages/{id}',
  {
    summary: 'Change a page: what is not given stays',
    description:
      'A `body` needs the `version` that you read. What others wrote since stays; where both changed the same words, ' +
      'the change is refused as a conflict and nothing is written.',
    body: z
      .object({
        title: z.string().optional(),
        body: markdown.optional(),
        version: z.number().int().optional(),
        tags: z.array(z.string()).nullish(),
      })
      .meta({ id: 'PageChange' }),
    answers: pageView,
  },
  async ({ tx, actor, params, body }) => {
    await savePageOrRefuse(tx, actor, params.id, body);
    return readPage(tx, actor, params.id);
  },
);

api.delete(
  '/pages/{id}',
  { summary: 'Delete a page you began, or where you keep order; 30 days to regret it' },
  async ({ tx, actor, params }) => void (await deletePage(tx, actor, params.id)),
);

api.post(
  '/pages/{id}/restoration',
  { summary: 'Bring back a deleted page: one that you deleted, or that you may change', answers: pageView },
  async ({ tx, actor, params }) => {
    await restorePage(tx, actor, params.id);
    return readPage(tx, actor, params.id);
  },
);

api.put(
  '/pages/{id}/place',
  {
    summary: 'Put a page below another one of its community, before one of those that stand there',
    body: z.object({
      parentId: z.string().nullish().describe('Null: at the top'),
      before: z.string().nullish().describe('Behind them all where absent'),
    }),
  },
  ({ tx, actor, params, body }) => movePage(tx, actor, params.id, body),
);

api.get(
  '/pages/{id}/links',
  { summary: 'The pages that link to a page', answers: pageOf(pageRef) },
  async ({ db, actor, params }) => ({ items: await linksTo(db, actor, params.id), next: null }),
);
