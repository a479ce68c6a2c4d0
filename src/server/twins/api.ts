/** /api/v1: who follows the same subject, and what is there already. */
import { communityRef, instant, personRef } from '../conversation/shapes.ts';
import { newApi, z } from '../platform/api/frame.ts';
import { alreadyThere } from './existing.ts';
import type { ExistingThing, Twins } from './present.ts';
import { twinsOf } from './twins.ts';

export const twinsApi = newApi('Twins');

const count = z.number().int().min(0);

const twins = z
  .object({
    colleagues: count.describe('How many colleagues follow the subject too'),
    items: z.array(
      z
        .object({
          watch: z.object({ id: z.uuid(), name: z.string() }),
          owner: personRef,
          community: communityRef.nullable(),
          name: z.boolean().describe('The names are alike'),
          pages: count.describe('Pages that both kept'),
          sites: count.describe('Sites that both draw from'),
          texts: z.boolean().describe('What is kept says much the same'),
        })
        .meta({ id: 'Twin' }),
    ),
  })
  .meta({ id: 'Twins' }) satisfies z.ZodType<Twins>;

const existing = z
  .object({
    kind: z.enum(['post', 'page', 'note', 'clip']),
    id: z.uuid(),
    title: z.string(),
    excerpt: z.string(),
    author: personRef,
    own: z.boolean(),
    community: communityRef.nullable(),
    at: instant,
    likeness: z.number().describe('0 to 1'),
    same: z.boolean().describe('Near enough to be the same thing'),
  })
  .meta({ id: 'ExistingThing' }) satisfies z.ZodType<ExistingThing>;

twinsApi.get(
  '/desk/watches/{id}/twins',
  {
    summary: 'Colleagues who shared a watch on the subject of your shared watch',
    description: 'Nobody while your watch is not shared. Only what is shared where you read takes part.',
    answers: twins,
  },
  ({ db, actor, params }) => twinsOf(db, actor, params.id),
);

twinsApi.question(
  '/already',
  {
    summary: 'What says already what you are about to write, of what you may see',
    description:
      'Nothing of it is kept. Where an administrator has texts compared by another machine, it is sent there.',
    body: z
      .object({
        title: z.string().nullish(),
        body: z.string().nullish().describe('Its beginning is enough'),
        except: z.string().nullish().describe('Id of the draft itself'),
      })
      .meta({ id: 'IntendedText' }),
    answers: z.object({ items: z.array(existing) }),
  },
  async ({ db, actor, body }) => ({ items: await alreadyThere(db, actor, body) }),
);
