/** What `present.ts` gives, as the API's document describes it. */
import { communityRef, instant, personRef } from '../conversation/shapes.ts';
import { z } from '../platform/api/frame.ts';
import {
  FAILURES,
  ITEM_KINDS,
  WAYS,
  type ItemSummary,
  type ItemView,
  type SavedSearch,
  type WatchView,
} from './present.ts';

export const watchView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    about: z.string(),
    owner: personRef,
    own: z.boolean(),
    community: communityRef
      .nullable()
      .describe('Where it is shared, as far as you may know of it: `sharedAt` says whether it is'),
    sharedAt: instant.nullable(),
    archivedAt: instant.nullable(),
    createdAt: instant,
    activityAt: instant.describe('When something was last put into it that you see'),
    hidden: z
      .object({ at: instant, reason: z.string() })
      .nullable()
      .describe('Told to its owner and to those who keep order'),
    may: z.object({ report: z.boolean(), hide: z.boolean() }),
  })
  .meta({ id: 'Watch' }) satisfies z.ZodType<WatchView>;

export const itemSummary = z
  .object({
    id: z.uuid(),
    kind: z.enum(ITEM_KINDS),
    title: z.string(),
    excerpt: z.string().describe('The beginning of your own words'),
    watch: z.object({ id: z.uuid(), name: z.string(), shared: z.boolean() }).nullable(),
    owner: personRef,
    own: z.boolean(),
    url: z.string().nullable(),
    site: z.string(),
    author: z.string().describe('Whoever signed the page, as it says itself'),
    summary: z.string(),
    publishedAt: instant.nullable(),
    language: z.string().nullable(),
    picture: z.string().nullable(),
    page: z
      .enum(['none', 'waiting', 'ready', 'failed'])
      .describe('`waiting` while the page is being fetched'),
    failure: z.enum(FAILURES).nullable(),
    post: z
      .object({
        id: z.uuid(),
        title: z.string(),
        excerpt: z.string(),
        author: personRef,
        community: communityRef.nullable(),
      })
      .nullable()
      .describe('The post that is kept; null where it is gone, or out of sight now'),
    readLaterAt: instant.nullable(),
    doneAt: instant.nullable(),
    sharedAt: instant.nullable().describe('Null where nobody else sees it'),
    createdAt: instant,
    editedAt: instant.nullable(),
  })
  .meta({ id: 'DeskItem' }) satisfies z.ZodType<ItemSummary>;

const highlight = z
  .object({
    id: z.uuid(),
    quote: z.string(),
    before: z.string(),
    behind: z.string(),
    note: z.string(),
    createdAt: instant,
  })
  .meta({ id: 'Highlight' });

export const itemView = itemSummary
  .extend({
    body: z.string().describe('Your own words, Markdown'),
    html: z.string(),
    via: z.enum(WAYS).nullable().describe('How it came in; told to its owner alone'),
    finder: personRef.nullable().describe('Who found it first'),
    foundAt: instant,
    version: z.number().int(),
    highlights: z.array(highlight),
    kept: z
      .object({ html: z.string(), words: z.number().int(), url: z.string(), fetchedAt: instant })
      .nullable()
      .describe('The page as it was read, safe HTML'),
  })
  .meta({ id: 'DeskItemWhole' }) satisfies z.ZodType<ItemView>;

export const savedSearch = z
  .object({
    id: z.uuid(),
    name: z.string(),
    place: z.enum(['desk', 'network']),
    query: z.string(),
    url: z.string(),
  })
  .meta({ id: 'SavedSearch' }) satisfies z.ZodType<SavedSearch>;
