/** What leaves sources, as the API's document describes it. The compiler keeps the two alike. */
import { instant } from '../conversation/shapes.ts';
import { z } from '../platform/api/frame.ts';
import type { ReadingSummary, ReadingView } from './readings.ts';
import type { RecommendedView } from './recommend.ts';
import { RULE_DOES, type RuleView } from './rules.ts';
import type { SourceView } from './subscriptions.ts';

const named = z.object({ id: z.uuid(), name: z.string() });

export const sourceView = z
  .object({
    id: z.uuid(),
    title: z.string(),
    ownTitle: z.string().describe('Your own name for it; empty where it keeps the one it gives itself'),
    feedUrl: z.string(),
    siteUrl: z.string().nullable(),
    watch: named.nullable().describe('The watch of yours that it feeds'),
    unread: z.number().int(),
    waiting: z.boolean().describe('It will be looked at for the first time within moments'),
    error: z.string().nullable().describe('Why nothing comes'),
    failingSince: instant.nullable(),
    since: instant,
  })
  .meta({ id: 'FollowedSource' }) satisfies z.ZodType<SourceView>;

export const readingSummary = z
  .object({
    id: z.uuid(),
    title: z.string(),
    excerpt: z.string(),
    url: z.string().nullable(),
    author: z.string(),
    source: z.object({ id: z.string().nullable(), title: z.string() }),
    at: instant.describe('When it came out; when it came, where it does not say'),
    read: z.boolean(),
    kept: z.boolean(),
    deskItemId: z.string().nullable().describe('What it became on your desk'),
  })
  .meta({ id: 'ReadingSummary' }) satisfies z.ZodType<ReadingSummary>;

export const readingView = readingSummary
  .extend({
    html: z.string().describe('Safe, without pictures: those would tell their site who reads'),
    language: z.string().nullable(),
    publishedAt: instant.nullable().describe('As it says itself'),
    enclosure: z
      .object({
        url: z.string(),
        type: z.string().optional(),
        length: z.number().optional(),
        duration: z.number().optional().describe('Seconds'),
      })
      .nullable(),
    watch: named.nullable().describe('The watch that its source feeds'),
  })
  .meta({ id: 'Reading' }) satisfies z.ZodType<ReadingView>;

export const ruleView = z
  .object({
    id: z.uuid(),
    words: z.string(),
    does: z.enum(RULE_DOES),
    watch: named.nullable(),
    source: z.object({ id: z.uuid(), title: z.string() }).nullable(),
  })
  .meta({ id: 'ReadingRule' }) satisfies z.ZodType<RuleView>;

export const recommendedView = z
  .object({
    feedUrl: z.string(),
    siteUrl: z.string().nullable(),
    title: z.string(),
    by: z.array(
      z.object({
        id: z.uuid(),
        person: z.object({ handle: z.string(), name: z.string() }),
        community: z.object({ slug: z.string(), name: z.string() }),
        why: z.string(),
        at: instant,
        removable: z.boolean().describe('Whether you may take it back'),
      }),
    ),
    followed: z.boolean().describe('You follow it yourself'),
  })
  .meta({ id: 'RecommendedSource' }) satisfies z.ZodType<RecommendedView>;
