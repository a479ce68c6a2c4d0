import type { Actor } from '../actor.ts';
import { watchNamed } from '../desk/watch.ts';
import { invalid } from '../errors.ts';
import type { Db, Tx } from '../platform/db.ts';
import { say } from '../platform/words.ts';
import { writeOpml, type OpmlOutline } from '../syndication/opml-write.ts';
import { parseOpml, type ListedFeed, type ReadingList } from '../syndication/opml.ts';
import { ImportError, type Skipped } from '../syndication/types.ts';
import { feedAddressIn } from './address.ts';
import { followAddresses } from './follow.ts';
import { ownSources, type SourceView } from './subscriptions.ts';

const MOST_FEEDS = 1000;
const MOST_FOLDERS = 50;

/** How a list came in. */
export interface ListTaken {
  new: number;
  known: number;
  skipped: Skipped[];
}

/** Reads a list of feeds that somebody brings; refuses what holds none. Before the transaction: it may be long. */
export async function readOpml(bytes: Uint8Array): Promise<ReadingList> {
  try {
    const list = await parseOpml(bytes);
    if (list.feeds.length > MOST_FEEDS) throw invalid('file', 'too_many_sources');
    return list;
  } catch (error) {
    if (error instanceof ImportError) throw invalid('file', 'no_list_there');
    throw error;
  }
}

/**
 * Follows what a list names. With `folders`, each folder becomes the watch of its name, begun where there is none, which
 * its sources feed. An address that nobody could ask is told by its line, and holds up none of the others.
 */
export async function takeList(
  tx: Tx,
  actor: Actor,
  list: ReadingList,
  { folders = false }: { folders?: boolean } = {},
): Promise<ListTaken> {
  const { usable = [], unusable = [] } = Object.groupBy(list.feeds, ({ xmlUrl }) =>
    feedAddressIn(xmlUrl) ? 'usable' : 'unusable',
  );
  const watches = folders ? await watchesNamed(tx, actor, usable) : new Map<string, string>();
  const wanted = usable.map(({ xmlUrl, title, folders: around }) => ({
    url: xmlUrl,
    title: ownTitle(title, xmlUrl),
    watchId: watches.get(folderOf(around)) ?? null,
  }));
  const taken = await followAddresses(tx, actor, wanted);
  const skipped = [...list.skipped, ...unusable.map(skippedLine)].sort((a, b) => a.line - b.line);
  return { new: taken.new, known: taken.known, skipped };
}

/** Names the server only: what the rest of such an address holds may be a secret. */
function skippedLine({ line, xmlUrl }: ListedFeed): Skipped {
  return { line, reason: `The address at ${new URL(xmlUrl).host} is too long, or has a password inside` };
}

async function watchesNamed(tx: Tx, actor: Actor, feeds: ListedFeed[]): Promise<Map<string, string>> {
  const names = new Set(feeds.map(({ folders }) => folderOf(folders)).filter(Boolean));
  const watches = new Map<string, string>();
  // A watch is begun by the desk, which checks its name: some dozens at most.
  for (const name of [...names].slice(0, MOST_FOLDERS))
    watches.set(name, (await watchNamed(tx, actor, name)).id);
  return watches;
}

function folderOf(folders: string[]): string {
  return (folders.at(-1) ?? '').trim().slice(0, 90).trim();
}

/** A list without titles names its feeds by their server: that is no name of anybody's choice. */
function ownTitle(title: string, url: string): string {
  return title === URL.parse(url)?.hostname ? '' : title.slice(0, 200).toWellFormed();
}

/** What the actor follows, as OPML 2.0 for any reader of feeds; the watches are its folders. */
export async function sourcesOpml(db: Db, actor: Actor): Promise<string> {
  const sources = await ownSources(db, actor);
  const folders = Map.groupBy(sources, ({ watch }) => watch?.name ?? '');
  const loose = folders.get('') ?? [];
  folders.delete('');
  return writeOpml(say(actor.language, 'sources.opmlTitle'), [
    ...[...folders].map(([name, fed]) => ({ text: name, title: name, outlines: fed.map(outlineOf) })),
    ...loose.map(outlineOf),
  ]);
}

function outlineOf({ title, feedUrl, siteUrl }: SourceView): OpmlOutline {
  return { text: title, title, type: 'rss', xmlUrl: feedUrl, ...(siteUrl && { htmlUrl: siteUrl }) };
}
