/** What `present.ts` gives, as the API's document describes it. The compiler keeps the two alike. */
import { z } from '../platform/api/frame.ts';
import {
  REACTIONS,
  type CommentView,
  type CommunityRef,
  type EntrySummary,
  type PersonRef,
  type TagRef,
  type ThreadView,
} from './present.ts';

export const instant = z.iso.datetime().describe('ISO 8601, UTC');

/** What was just written, by its id. A write does not wait for a reading that its caller may not want. */
export const made = z.object({ id: z.uuid() }).meta({ id: 'Made' });

export const personRef = z
  .object({
    id: z.string().describe('Empty where the author is not told: a removed comment'),
    handle: z.string(),
    name: z.string(),
    status: z.enum(['active', 'deactivated', 'erased', 'outside']),
    picture: z
      .uuid()
      .nullable()
      .describe('Changes with each new picture; the bytes: /people/{handle}/picture'),
  })
  .meta({ id: 'PersonRef' }) satisfies z.ZodType<PersonRef>;

export const communityRef = z
  .object({
    slug: z.string(),
    name: z.string(),
    emoji: z.string(),
    access: z.enum(['open', 'closed', 'secret']),
  })
  .meta({ id: 'CommunityRef' }) satisfies z.ZodType<CommunityRef>;

export const tagRef = z
  .object({ slug: z.string(), label: z.string() })
  .meta({ id: 'TagRef' }) satisfies z.ZodType<TagRef>;

export const reactionKind = z.enum(REACTIONS).meta({ id: 'ReactionKind' });

const count = z.number().int().min(0);

const reactionCounts = z
  .object({ thanks: count, useful: count, agree: count, insightful: count })
  .meta({ id: 'ReactionCounts' });

const source = z
  .object({ url: z.string(), title: z.string(), author: z.string() })
  .meta({ id: 'Source', description: 'Where a curated text comes from' });

export const entrySummary = z
  .object({
    id: z.uuid(),
    title: z.string(),
    excerpt: z.string(),
    cover: z.string().nullable().describe('In lists the first picture of its text, where none was chosen'),
    author: personRef,
    community: communityRef.nullable().describe('Null in the blog of its author'),
    tags: z.array(tagRef),
    publishedAt: instant,
    editedAt: instant.nullable(),
    activityAt: instant,
    readingMinutes: count,
    comments: count,
    voices: z.array(personRef).describe('Up to three people who spoke, latest first'),
    reactions: reactionCounts,
    mine: z.array(reactionKind).describe('The reactions you gave'),
    unread: z.boolean(),
    source: source.nullable(),
    purpose: z.enum(['tell', 'ask', 'find']).describe('Something new, a call for help, something found'),
  })
  .meta({ id: 'EntrySummary' }) satisfies z.ZodType<EntrySummary>;

export const commentView = z
  .object({
    id: z.uuid(),
    parentId: z.uuid().nullable(),
    author: personRef,
    body: z.string().describe('Markdown. Empty where the comment was removed'),
    html: z.string(),
    cut: z
      .boolean()
      .describe(
        'Only its beginning is here: it is long. Whole in the list of comments, asked for with `comment`',
      ),
    createdAt: instant,
    editedAt: instant.nullable(),
    state: z.enum(['shown', 'removed', 'hidden']),
    hiddenReason: z.string().nullable(),
    reactions: reactionCounts,
    mine: z.array(reactionKind),
    may: z.object({
      edit: z.boolean(),
      delete: z.boolean(),
      reply: z.boolean(),
      report: z.boolean(),
      hide: z.boolean(),
      react: z.boolean(),
    }),
  })
  .meta({ id: 'Comment' }) satisfies z.ZodType<CommentView>;

export const threadView = commentView
  .extend({
    replies: z.array(commentView),
    begunLate: z.boolean().describe('Earlier replies were left out because later ones were asked for'),
    moreReplies: z
      .string()
      .nullable()
      .describe(
        '`cursor` of the next replies (or `replies`, with `comment`, of the same list); null at their end',
      ),
  })
  .meta({ id: 'Thread' }) satisfies z.ZodType<ThreadView>;
