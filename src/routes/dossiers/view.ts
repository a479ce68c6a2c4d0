import type { Actor } from '#server/actor.ts';
import { dossierChanges } from '#server/dossiers/changes.ts';
import { dossierContradictions } from '#server/dossiers/contradict.ts';
import type { Opened } from '#server/dossiers/read.ts';
import { dossierSources, dossierThings } from '#server/dossiers/things.ts';
import type { Db } from '#server/platform/db.ts';

const VIEWS = ['all', 'several', 'notes', 'sources', 'contradictions', 'changes'] as const;

/** What the page of a dossier shows, by its address. */
export async function viewOf(db: Db, actor: Actor, dossier: Opened, query: URLSearchParams) {
  const view = VIEWS.find((known) => known === query.get('view')) ?? 'all';
  switch (view) {
    case 'sources':
      return { view, sources: (await dossierSources(db, actor, dossier)).items };
    case 'contradictions':
      return { view, contradictions: await dossierContradictions(db, actor, dossier) };
    case 'changes':
      return { view, changes: await dossierChanges(db, actor, dossier, { until: query.get('until') }) };
    default: {
      const where = { shelf: view, site: query.get('site'), cursor: query.get('cursor') };
      return { view, things: await dossierThings(db, actor, dossier, where) };
    }
  }
}
