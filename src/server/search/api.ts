/** /api/v1/search: one box over everything. */
import { instant } from '../conversation/shapes.ts';
import { ITEM_KINDS } from '../desk/present.ts';
import { itemSummary, watchView } from '../desk/shapes.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import { unpublishedPost } from '../posts/shapes.ts';
import type { KeptHit } from './kept.ts';
import { searchOwn } from './own.ts';
import { KINDS, search } from './search.ts';

export const searchApi = newApi('Search');

const hit = z
  .object({
    kind: z.enum(KINDS),
    id: z.uuid(),
    url: z.string().describe('Path on this network'),
    title: z.string(),
    titleHtml: z.string().describe('The title as safe HTML, the words found in <mark>'),
    snippetHtml: z.string().describe('Safe HTML, the words found in <mark>'),
    author: z.object({ handle: z.string(), name: z.string() }).nullable(),
    community: z.object({ slug: z.string(), name: z.string() }).nullable(),
    at: z.iso.datetime().nullable(),
  })
  .meta({ id: 'SearchHit' });

const keptReading = z
  .object({
    id: z.uuid(),
    title: z.string(),
    source: z.string(),
    url: z.string().nullable(),
    at: instant,
    snippetHtml: z.string(),
  })
  .meta({ id: 'KeptReadingHit' }) satisfies z.ZodType<KeptHit>;

searchApi.get(
  '/search',
  {
    summary: 'Search posts, pages, comments, people, communities and tags',
    description:
      'Words in any French or English form, accents folded; "phrases"; -exclusions; the last word by its beginning. ' +
      'On the first page of a search over every kind, the nearest names come first.',
    query: z.object({
      ...pageQuery,
      q: z.string(),
      kind: z.enum(KINDS).optional(),
      community: z.string().optional().describe('Slug'),
      person: z.string().optional().describe('Handle of the author'),
      tag: z.string().optional().describe('Slug'),
      from: z.string().optional().describe('First day, YYYY-MM-DD'),
      to: z.string().optional().describe('Last day, YYYY-MM-DD'),
      order: z.enum(['best', 'newest']).optional().describe('`best` unless told'),
    }),
    answers: z.object({
      items: z.array(hit),
      next: z.string().nullable(),
      found: z
        .object({ texts: z.int(), more: z.boolean() })
        .describe('Posts, pages and comments found; `more` where counting stopped there'),
    }),
  },
  ({ db, actor, query }) => search(db, actor, query),
);

searchApi.get(
  '/desk/search',
  {
    summary: 'Search what you keep on your desk',
    description:
      'Titles, your own words, the pages you clipped and what you marked in them. On the first page of a search over ' +
      'everything, also what you have not published yet, your watches by name, and what you keep in your reader; not what ' +
      'only arrived there.',
    query: z.object({
      ...pageQuery,
      q: z.string(),
      kind: z.enum(ITEM_KINDS).optional(),
      watch: z.uuid().optional(),
    }),
    answers: pageOf(itemSummary.extend({ snippetHtml: z.string() }).meta({ id: 'DeskHit' })).extend({
      drafts: z.array(unpublishedPost.extend({ snippetHtml: z.string() }).meta({ id: 'DraftHit' })),
      watches: z.array(watchView),
      readings: z.array(keptReading),
    }),
  },
  ({ db, actor, query }) => searchOwn(db, actor, query),
);
