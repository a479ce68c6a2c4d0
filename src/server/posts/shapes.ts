/** What its author finds again of his own posts, as the API's document describes it. */
import { instant } from '../conversation/shapes.ts';
import { z } from '../platform/api/frame.ts';
import type { ConcealedPost } from './concealed.ts';
import type { Draft } from './drafts.ts';
import type { OwnPost } from './remove.ts';
import type { Unpublished } from './unpublished.ts';

export const heldBack = z
  .enum(['place', 'archived', 'empty', 'account', 'refused'])
  .nullable()
  .describe('Why it did not come out at its time');

export const ownPost = z
  .object({ id: z.uuid(), title: z.string(), excerpt: z.string(), at: instant })
  .meta({ id: 'OwnPost' }) satisfies z.ZodType<OwnPost>;

export const concealedPost = ownPost
  .extend({ reason: z.string() })
  .meta({ id: 'ConcealedPost' }) satisfies z.ZodType<ConcealedPost>;

export const draft = ownPost
  .extend({ publishAt: instant.nullable(), heldBack })
  .meta({ id: 'Draft' }) satisfies z.ZodType<Draft>;

export const unpublishedPost = draft
  .extend({
    reworkId: z
      .string()
      .nullable()
      .describe('Of what you are changing of a post that is out; null for a draft'),
    url: z.string().describe('Where you go on with it, as a path of this network'),
  })
  .meta({ id: 'UnpublishedPost' }) satisfies z.ZodType<Unpublished>;
