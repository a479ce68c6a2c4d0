/** /api/v1: how a thing came to be, with everybody who had a hand in it. */
import { instant, personRef } from '../conversation/shapes.ts';
import { newApi, pageOf, z } from '../platform/api/frame.ts';
import { entryChain } from './entry.ts';
import { itemChain } from './item.ts';
import { dossierChain } from './merged.ts';
import { DEEDS, type Step } from './step.ts';

export const provenanceApi = newApi('Provenance');

const step = z
  .object({
    did: z.enum(DEEDS),
    person: personRef.nullable().describe('Null where nobody of the network did it'),
    at: instant.nullable(),
    credit: z.string().describe('Whoever signed it outside'),
    thing: z
      .object({ name: z.string(), url: z.string().describe('Path on this network') })
      .nullable()
      .describe('What was written, or where it was shared or merged, where you may open it'),
  })
  .meta({ id: 'ProvenanceStep' }) satisfies z.ZodType<Step>;

const description = 'In order. Of what you may not see, neither name nor date.';
const whole = (items: Step[]) => ({ items, next: null });

provenanceApi.get(
  '/entries/{id}/provenance',
  { summary: 'How a post or a page came to be', description, answers: pageOf(step) },
  async ({ db, actor, params }) => whole(await entryChain(db, actor, params.id)),
);

provenanceApi.get(
  '/desk/items/{id}/provenance',
  { summary: 'How a note, a clip or a kept post came to be', description, answers: pageOf(step) },
  async ({ db, actor, params }) => whole(await itemChain(db, actor, params.id)),
);

provenanceApi.get(
  '/dossiers/{id}/provenance',
  { summary: 'How a dossier came to be', description, answers: pageOf(step) },
  async ({ db, actor, params }) => whole(await dossierChain(db, actor, params.id)),
);
