/** /api/v1: a person in his own words, and what goes on in a community. */
import { communityRef, personRef } from '../conversation/shapes.ts';
import { notFound } from '../errors.ts';
import { newApi, z } from '../platform/api/frame.ts';
import { livesOf, type CommunityLife } from './life.ts';
import { linesOf, type Line } from './lines.ts';
import { removePicture, setPicture, squaresOf } from './picture.ts';
import { answerPictureOf } from './show-picture.ts';

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

portraitsApi.upload(
  '/people/me/picture',
  {
    method: 'put',
    summary: 'Show your face: the body is a JPEG, PNG, WebP or AVIF',
    description: 'Kept as small squares, without place, time or anything else that its camera noted.',
    answers: z.object({ picture: z.uuid() }),
  },
  async ({ content }) => ({ content: await squaresOf(content), same: '' }),
  ({ tx, actor, body }) => setPicture(tx, actor, body),
);

portraitsApi.delete('/people/me/picture', { summary: 'Take your picture away' }, ({ tx, actor }) =>
  removePicture(tx, actor),
);

portraitsApi.get(
  '/people/{handle}/picture',
  {
    summary: 'The face of a person whom you may see, as a square',
    query: z.object({ side: z.enum(['48', '96', '256']).optional().describe('In pixels; 256 unless told') }),
    answers: z.string().describe('Its bytes'),
    media: 'image/webp',
  },
  ({ db, actor, params, query }) => answerPictureOf(db, actor, { ...params, ...query }),
);
