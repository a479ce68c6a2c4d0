/** What `present.ts` gives, as the API's document describes it. */
import { communityRef, instant, personRef } from '../conversation/shapes.ts';
import { z } from '../platform/api/frame.ts';
import type {
  ChangesView,
  ContradictionView,
  DossierSummary,
  DossierView,
  GainView,
  SourceView,
  ThingView,
  WatchPart,
} from './present.ts';

const count = z.number().int().min(0);

const watchPart = z
  .object({
    id: z.uuid(),
    name: z.string(),
    owner: personRef,
    own: z.boolean(),
    by: personRef.describe('Who put it in'),
    at: instant,
    mayRemove: z.boolean(),
  })
  .meta({ id: 'DossierWatch' }) satisfies z.ZodType<WatchPart>;

const gain = z
  .object({
    sources: count.describe('Sites that the clips come from'),
    things: count.describe('What was found, each thing once'),
    best: z
      .object({ watchId: z.uuid(), name: z.string(), sources: count, things: count })
      .nullable()
      .describe('The watch that alone holds most'),
  })
  .meta({ id: 'DossierGain' }) satisfies z.ZodType<GainView>;

export const dossierSummary = z
  .object({
    id: z.uuid(),
    name: z.string(),
    about: z.string(),
    community: communityRef,
    founder: personRef,
    createdAt: instant,
    following: z.boolean(),
  })
  .meta({ id: 'DossierSummary' }) satisfies z.ZodType<DossierSummary>;

export const dossierView = dossierSummary
  .extend({
    watches: z.array(watchPart),
    gain,
    page: z.object({ id: z.uuid(), title: z.string() }).nullable().describe('The wiki page on top'),
    mayEdit: z.boolean(),
    hidden: z
      .object({ at: instant, reason: z.string() })
      .nullable()
      .describe('Told to its founder and to those who keep order'),
    may: z.object({ report: z.boolean(), hide: z.boolean() }),
  })
  .meta({ id: 'Dossier' }) satisfies z.ZodType<DossierView>;

export const thingView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['note', 'clip', 'bookmark']),
    title: z.string(),
    url: z.string().nullable(),
    site: z.string(),
    summary: z.string(),
    firstAt: instant,
    lastAt: instant,
    finds: z.array(
      z
        .object({
          id: z.uuid(),
          finder: personRef,
          foundAt: instant,
          watch: z.object({ id: z.uuid(), name: z.string() }),
          html: z.string().describe('What the finder says of it, safe HTML'),
        })
        .meta({ id: 'DossierFind' }),
    ),
  })
  .meta({ id: 'DossierThing' }) satisfies z.ZodType<ThingView>;

export const sourceView = z
  .object({ site: z.string(), things: count, lastAt: instant, finders: z.array(personRef) })
  .meta({ id: 'DossierSource' }) satisfies z.ZodType<SourceView>;

export const contradictionView = z
  .object({
    kind: z.enum(['price', 'date']),
    statements: z.array(
      z.object({
        shown: z.array(z.string()).describe('The prices or days as they stand there'),
        sentence: z.string(),
        itemId: z.uuid(),
        title: z.string(),
        finder: personRef,
        at: instant,
      }),
    ),
  })
  .meta({ id: 'Contradiction' }) satisfies z.ZodType<ContradictionView>;

export const changesView = z
  .object({
    from: instant,
    to: instant,
    things: z.array(thingView),
    more: z.boolean(),
    watches: z.array(watchPart),
    contradictions: z.array(contradictionView),
  })
  .meta({ id: 'DossierChanges' }) satisfies z.ZodType<ChangesView>;

export const previewView = z
  .object({
    watches: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        owner: personRef,
        own: z.boolean(),
        community: z.string().describe('Slug of where it is shared'),
        everyone: z.boolean().describe('Shared where everybody reads'),
      }),
    ),
    gain,
  })
  .meta({ id: 'DossierPreview' });
