import type { Actor } from '../actor.ts';
import { dossierChanges } from '../dossiers/changes.ts';
import type { ChangesView } from '../dossiers/present.ts';
import { openDossier } from '../dossiers/read.ts';
import { Refusal } from '../errors.ts';
import { actorOfPerson } from '../people/actor.ts';
import type { Db } from '../platform/db.ts';

export type News = Pick<ChangesView, 'things' | 'watches' | 'contradictions'>;

/**
 * What others brought to a dossier in the week up to and with `until`, of what one of its followers may see now. Null where
 * that is nothing, and where he sees the dossier no more, or it is hidden.
 */
export async function newsOf(
  db: Db,
  { personId, dossierId, until }: { personId: string; dossierId: string; until: string },
): Promise<{ reader: Actor; news: News } | null> {
  const reader = await actorOfPerson(db, personId);
  if (!reader) return null;
  const dossier = await openDossier(db, reader, dossierId).catch(nothingIfAbsent);
  // Who keeps order opens a hidden one by its address; it comes to nobody by itself.
  if (!dossier || dossier.summary.hidden) return null;
  const changes = await dossierChanges(db, reader, dossier, { until, besides: reader.id });
  const within = (at: string) => at >= changes.from && at < changes.to;
  const others = ({ id }: { id: string }) => id !== reader.id;
  const news = {
    things: changes.things,
    watches: changes.watches.filter(({ by }) => others(by)),
    contradictions: changes.contradictions.filter(({ statements }) =>
      statements.some(({ finder, at }) => within(at) && others(finder)),
    ),
  };
  const empty = news.things.length + news.watches.length + news.contradictions.length === 0;
  return empty ? null : { reader, news };
}

function nothingIfAbsent(error: unknown): null {
  if (error instanceof Refusal && error.code === 'not_found') return null;
  throw error;
}
