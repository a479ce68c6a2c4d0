import type { Actor } from '../actor.ts';
import type { Db } from '../platform/db.ts';
import { ownSources, type SourceView } from './subscriptions.ts';

/** A way to look at less than everything. */
export interface Place {
  id: string;
  title: string;
  unread: number;
}

/** What stands around the list of readings. */
export interface ReaderPlaces {
  watches: Place[];
  /** Those with something unread, most first. */
  sources: Place[];
  /** How many are unread in all. */
  unread: number;
  /** How many sources there are, and how many of them have gone silent. */
  followed: number;
  ailing: number;
}

const MOST_SHOWN = 30;

/** The actor's sources, as the reader's margin shows them: numbers that stand there, nothing is counted. */
export async function readerPlaces(db: Db, actor: Actor): Promise<ReaderPlaces> {
  const sources = await ownSources(db, actor);
  const fed = sources.filter(({ watch }) => watch !== null);
  const watches = [...Map.groupBy(fed, ({ watch }) => watch!.id)].map(([id, ofIt]) => ({
    id,
    title: ofIt[0]!.watch!.name,
    unread: unreadIn(ofIt),
  }));
  const news = sources.filter(({ unread }) => unread > 0).sort((a, b) => b.unread - a.unread);
  return {
    watches: watches.sort((a, b) => a.title.localeCompare(b.title, actor.language)),
    sources: news.slice(0, MOST_SHOWN).map(({ id, title, unread }) => ({ id, title, unread })),
    unread: unreadIn(sources),
    followed: sources.length,
    ailing: sources.filter(({ error }) => error !== null).length,
  };
}

function unreadIn(sources: SourceView[]): number {
  return sources.reduce((sum, { unread }) => sum + unread, 0);
}
