/** /api/v1/blogs, /followed-blogs, /imports: what comes from elsewhere. */
import { instant, made } from '../conversation/shapes.ts';
import type { Actor } from '../actor.ts';
import { Refusal } from '../errors.ts';
import { newApi, pageOf, z } from '../platform/api/frame.ts';
import type { Tx } from '../platform/db.ts';
import { ringFor } from '../platform/jobs.ts';
import { askForImport, IMPORT_KINDS, importsOf, readImport, type ImportView } from './asked.ts';
import {
  attachAddress,
  detachBlog,
  followAddresses,
  followedBlogs,
  ownBlogs,
  unfollowBlog,
  webAddressOf,
  type OutsideBlog,
} from './blogs.ts';

export const importApi = newApi('Import');

const outsideBlog = z
  .object({
    id: z.uuid(),
    title: z.string(),
    feedUrl: z.string(),
    siteUrl: z.string().nullable(),
    community: z.object({ slug: z.string(), name: z.string() }).nullable(),
    arrived: z.number().int().describe('How many posts came'),
    polledAt: instant.nullable().describe('When it was last asked; null before the first time'),
    error: z.string().nullable().describe('Why nothing came last time'),
  })
  .meta({ id: 'OutsideBlog' }) satisfies z.ZodType<OutsideBlog>;

const address = z.string().describe('Of the blog, or of its feed');

importApi.get(
  '/blogs',
  { summary: 'Your outside blogs', answers: pageOf(outsideBlog) },
  async ({ db, actor }) => ({
    items: await ownBlogs(db, actor),
    next: null,
  }),
);

importApi.post(
  '/blogs',
  {
    summary: 'Attach an outside blog: its posts become yours here, with a link back',
    description: 'It is looked at within moments; `polledAt` and `error` then say how that went.',
    body: z.object({ url: address }),
    answers: made,
    waits: () => true,
  },
  async ({ tx, actor, body }) => {
    const blog = await attachAddress(tx, actor, body.url);
    await ringFor(tx, 'poll_blogs');
    return blog;
  },
);

importApi.delete(
  '/blogs/{id}',
  { summary: 'Let an outside blog go: what came stays, nothing more comes' },
  ({ tx, actor, params }) => detachBlog(tx, actor, params.id),
);

importApi.get(
  '/followed-blogs',
  { summary: 'The blogs that the network follows', scope: 'admin', answers: pageOf(outsideBlog) },
  async ({ db, actor }) => ({ items: await followedBlogs(db, actor), next: null }),
);

importApi.post(
  '/followed-blogs',
  {
    summary: 'Follow a blog for the network: its posts arrive under the authors it names',
    scope: 'admin',
    body: z.object({
      url: address,
      community: z.string().nullish().describe('Slug of the community that receives them'),
    }),
    answers: made,
    waits: () => true,
  },
  ({ tx, actor, body }) => followOne(tx, actor, body),
);

async function followOne(
  tx: Tx,
  actor: Actor,
  { url, community }: { url: string; community?: string | null | undefined },
) {
  const feed = { xmlUrl: webAddressOf(url), title: '' };
  const [id] = (await followAddresses(tx, actor, [feed], { community: community ?? null })).ids;
  if (!id) throw new Refusal('conflict', 'blog_known', { url: 'blog_known' });
  await ringFor(tx, 'poll_blogs');
  return { id };
}

importApi.delete(
  '/followed-blogs/{id}',
  { summary: 'Follow a blog no longer: what came stays', scope: 'admin' },
  ({ tx, actor, params }) => unfollowBlog(tx, actor, params.id),
);

const counted = z.object({ new: z.number().int(), known: z.number().int() });
const report = z
  .object({
    posts: counted.extend({ changed: z.number().int(), drafts: z.number().int(), private: z.number().int() }),
    comments: counted.extend({ pingbacks: z.number().int() }),
    people: counted,
    tags: z.number().int(),
    blogs: counted.optional(),
    skipped: z.array(z.object({ source: z.string(), line: z.number().int(), reason: z.string() })),
  })
  .meta({ id: 'ImportReport' });

const importView = z
  .object({
    id: z.uuid(),
    kind: z.enum(IMPORT_KINDS),
    source: z.string(),
    dry: z.boolean(),
    follow: z.boolean(),
    status: z.enum(['waiting', 'done', 'failed']),
    community: z.object({ slug: z.string(), name: z.string() }).nullable(),
    landed: z.number().int().describe('Posts so far'),
    total: z.number().int(),
    report: report.nullable(),
    problem: z.object({ reason: z.string(), line: z.number().int().optional() }).nullable(),
    confirmable: z.boolean(),
    createdAt: instant,
  })
  .meta({ id: 'Import' }) satisfies z.ZodType<ImportView>;

importApi.post(
  '/imports',
  {
    summary: 'Bring in what exists: an export of WordPress (WXR), a feed, a list of feeds (OPML)',
    description:
      'Either `content` or `url`. As every body, this one holds 1 MB at most: a larger file (32 MB) goes in on the ' +
      'page /admin/imports, any size with `npx essaim import`. The work is done within moments: ask for it by its `id`.',
    scope: 'admin',
    body: z.object({
      kind: z.enum(IMPORT_KINDS).optional().describe('Told by the content where absent'),
      content: z.string().optional().describe('The file itself'),
      url: z.string().optional().describe('The address of a blog or a feed'),
      community: z.string().nullish().describe('Slug of the community that receives the posts'),
      dryRun: z.boolean().optional().describe('Says what would come, writes nothing'),
      follow: z.boolean().optional().describe('With `url`: goes on receiving what comes out'),
    }),
    answers: made,
    waits: () => true,
  },
  ({ tx, actor, body }) =>
    askForImport(tx, actor, {
      ...body,
      dry: body.dryRun,
      content: body.content ? { name: body.kind ?? 'import', bytes: Buffer.from(body.content) } : undefined,
    }),
);

importApi.get(
  '/imports',
  { summary: 'The imports you asked for, newest first', scope: 'admin', answers: pageOf(importView) },
  async ({ db, actor }) => ({ items: await importsOf(db, actor), next: null }),
);

importApi.get(
  '/imports/{id}',
  { summary: 'How an import goes', scope: 'admin', answers: importView },
  ({ db, actor, params }) => readImport(db, actor, params.id),
);
