/** /api/v1/dossiers: several people's watches made one. */
import { made } from '../conversation/shapes.ts';
import { newApi, pageOf, pageQuery, z } from '../platform/api/frame.ts';
import { dossierChanges } from './changes.ts';
import { dossierContradictions } from './contradict.ts';
import { followDossier, unfollowDossier } from './follow.ts';
import {
  addWatches,
  deleteDossier,
  editDossier,
  foundDossier,
  MOST_WATCHES,
  removeWatch,
  restoreDossier,
} from './found.ts';
import { listDossiers } from './list.ts';
import { previewMerge } from './preview.ts';
import { readDossier } from './read.ts';
import {
  changesView,
  contradictionView,
  dossierSummary,
  dossierView,
  previewView,
  sourceView,
  thingView,
} from './shapes.ts';
import { dossierSources, dossierThings, SHELVES } from './things.ts';

export const dossiersApi = newApi('Dossiers');

dossiersApi.get(
  '/dossiers',
  {
    summary: 'Dossiers that you may see, the latest first',
    query: z.object({
      ...pageQuery,
      scope: z.enum(['following', 'all']).optional(),
      community: z.string().optional(),
      watch: z.string().optional().describe('Id of a watch that stands in it'),
    }),
    answers: pageOf(dossierSummary),
  },
  ({ db, actor, query }) => listDossiers(db, actor, query),
);

dossiersApi.get(
  '/dossier-previews',
  {
    summary: 'What shared watches would be together; nothing is written',
    query: z.object({ watches: z.string().describe('Ids, a comma between them') }),
    answers: previewView,
  },
  ({ db, actor, query }) => previewMerge(db, actor, query.watches.split(',')),
);

dossiersApi.post(
  '/dossiers',
  {
    summary: 'Make one of several shared watches, one of them yours',
    body: z
      .object({
        name: z.string(),
        about: z.string().nullish(),
        community: z.string().describe('Slug of where it lives: all who read there may see each watch'),
        watches: z.array(z.uuid()).max(MOST_WATCHES),
      })
      .meta({ id: 'NewDossier' }),
    answers: made,
    status: 201,
  },
  ({ tx, actor, body }) => foundDossier(tx, actor, body),
);

dossiersApi.get(
  '/dossiers/{id}',
  { summary: 'One dossier, with what it gains', answers: dossierView },
  ({ db, actor, params }) => readDossier(db, actor, params.id),
);

dossiersApi.patch(
  '/dossiers/{id}',
  {
    summary: 'Change its name, what it says of itself, or the page on top',
    body: z
      .object({ name: z.string(), about: z.string().nullable(), page: z.uuid().nullable() })
      .partial()
      .meta({ id: 'DossierChange' }),
    answers: dossierView,
  },
  async ({ tx, actor, params, body }) => {
    await editDossier(tx, actor, params.id, body);
    return readDossier(tx, actor, params.id);
  },
);

dossiersApi.delete(
  '/dossiers/{id}',
  { summary: 'Undo it; the watches stay as they are' },
  ({ tx, actor, params }) => deleteDossier(tx, actor, params.id),
);

dossiersApi.post(
  '/dossiers/{id}/restoration',
  { summary: 'Bring it back as it was, within 30 days', answers: dossierView },
  async ({ tx, actor, params }) => {
    await restoreDossier(tx, actor, params.id);
    return readDossier(tx, actor, params.id);
  },
);

dossiersApi.put(
  '/dossiers/{id}/watches/{watchId}',
  { summary: 'Put one more shared watch in', answers: dossierView },
  async ({ tx, actor, params }) => {
    await addWatches(tx, actor, params.id, [params.watchId]);
    return readDossier(tx, actor, params.id);
  },
);

dossiersApi.delete(
  '/dossiers/{id}/watches/{watchId}',
  { summary: 'Take a watch out again, as if it had never been in' },
  ({ tx, actor, params }) => removeWatch(tx, actor, params.id, params.watchId),
);

dossiersApi.put('/dossiers/{id}/follow', { summary: 'Follow the whole of it' }, ({ tx, actor, params }) =>
  followDossier(tx, actor, params.id),
);

dossiersApi.delete('/dossiers/{id}/follow', { summary: 'Follow it no more' }, ({ tx, actor, params }) =>
  unfollowDossier(tx, actor, params.id),
);

dossiersApi.get(
  '/dossiers/{id}/things',
  {
    summary: 'What it holds, each thing once with all who found it, the latest first',
    query: z.object({ ...pageQuery, shelf: z.enum(SHELVES).optional(), site: z.string().optional() }),
    answers: pageOf(thingView),
  },
  ({ db, actor, params, query }) => dossierThings(db, actor, params.id, query),
);

dossiersApi.get(
  '/dossiers/{id}/sources',
  { summary: 'The sites that it draws from', answers: pageOf(sourceView) },
  ({ db, actor, params }) => dossierSources(db, actor, params.id),
);

dossiersApi.get(
  '/dossiers/{id}/contradictions',
  { summary: 'Two prices, two days for the same thing', answers: pageOf(contradictionView) },
  async ({ db, actor, params }) => ({ items: await dossierContradictions(db, actor, params.id), next: null }),
);

dossiersApi.get(
  '/dossiers/{id}/changes',
  {
    summary: 'What a week brought',
    query: z.object({
      until: z.string().optional().describe('Its last day, YYYY-MM-DD; today where absent'),
    }),
    answers: changesView,
  },
  ({ db, actor, params, query }) => dossierChanges(db, actor, params.id, query),
);
