/** /api/v1: a person in his own words, and what goes on in a community. */
import { communityRef, personRef } from '../conversation/shapes.ts';
import { notFound } from '../errors.ts';
import { newApi, z } from '../platform/api/frame.ts';
import { livesOf, type CommunityLife } from './life.ts';
import { linesOf, type Line } from './lines.ts';

export const portraitsApi = newApi('Portraits');

const line = z
  .object({
    id: z.uuid(),
    on: z.enum(['post', 'comment']),
    text: z.string(),
    url: z.string(),
    at: z.iso.datetime(),
    title: z.string().describe('Of the post it is, or stands under'),
    community: communityRef.nullable(),
  })
  .meta({ id: 'Line' }) satisfies z.ZodType<Line>;

portraitsApi.get(
  '/people/{handle}/lines',
  {
    summary: 'What a person said best and last, of what you may read',
    answers: z
      .object({ received: z.array(line).describe('Best received first'), latest: z.array(line) })
      .meta({ id: 'Lines' }),
  },
  ({ db, actor, params }) => linesOf(db, actor, params.handle),
);

const life = z
  .object({
    slug: z.string(),
    rhythm: z.enum(['daily', 'weekly', 'monthly', 'quiet']),
    latest: z.object({ id: z.uuid(), title: z.string(), at: z.iso.datetime() }).nullable(),
    voices: z.array(personRef).describe('Who published there lately, latest first'),
  })
  .meta({ id: 'CommunityLife' }) satisfies z.ZodType<CommunityLife>;

portraitsApi.get(
  '/communities/{slug}/life',
  { summary: 'What goes on in a community you may read', answers: life },
  async ({ db, actor, params }) => {
    const found = (await livesOf(db, actor, [params.slug]))[params.slug];
    if (!found) throw notFound();
    return found;
  },
);
