/** /api/v1/feed: what there is to read. */
import { entrySummary } from '../conversation/shapes.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import { listFeed } from './list.ts';

export const feedApi = newApi('Feed');

feedApi.get(
  '/feed',
  {
    summary: 'Posts you may see, newest first',
    description: 'Give at most one of `community`, `person` and `tag`; without any, `scope` decides.',
    query: z.object({
      ...pageQuery,
      scope: z.enum(['following', 'all']).optional(),
      community: z.string().optional().describe('Slug'),
      person: z.string().optional().describe('Handle'),
      tag: z.string().optional().describe('Slug'),
      order: z.enum(['newest', 'active']).optional().describe('By publication, or by latest comment'),
    }),
    answers: pageOf(entrySummary),
  },
  ({ db, actor, query }) => listFeed(db, actor, query),
);
