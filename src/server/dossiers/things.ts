import { sql } from 'kysely';
import type { Actor } from '../actor.ts';
import type { Page } from '../conversation/present.ts';
import { listedEntries } from '../conversation/sight.ts';
import { personJson } from '../conversation/person.ts';
import { toldFinder, toldFoundAt } from '../desk/finder.ts';
import { sharedItems } from '../desk/sight.ts';
import { invalid } from '../errors.ts';
import type { Db } from '../platform/db.ts';
import { decodeCursor, page, pageSize } from '../platform/keyset.ts';
import { siteOf, type Thing } from './merge.ts';
import type { FindView, SourceView, ThingView } from './present.ts';
import { opened, type Opened } from './read.ts';

export const SHELVES = ['all', 'found', 'notes', 'several'] as const;

export interface ThingQuery {
  /** `found`: clips and posts; `notes`: what people wrote; `several`: what more than one person found. */
  shelf?: string | null | undefined;
  /** Only from this site. */
  site?: string | null | undefined;
  cursor?: string | null | undefined;
  limit?: number | string | null | undefined;
}

/** One page of the things of a dossier, each once, the latest found first. */
export async function dossierThings(
  db: Db,
  actor: Actor,
  dossier: string | Opened,
  where: ThingQuery = {},
): Promise<Page<ThingView>> {
  const limit = pageSize(where.limit);
  const from = decodeCursor(where.cursor);
  const { things } = await opened(db, actor, dossier);
  const wanted = things.filter(onShelf(where.shelf)).filter(ofSite(where.site));
  const start = from ? wanted.findIndex((thing) => isBehind(thing, from)) : 0;
  const cut = page(start < 0 ? [] : wanted.slice(start, start + limit + 1), limit, placeOf);
  return { items: await thingViews(db, actor, cut.items), next: cut.next };
}

/** Where the clips come from, the fullest first: each with those who found something there. */
export async function dossierSources(
  db: Db,
  actor: Actor,
  dossier: string | Opened,
): Promise<Page<SourceView>> {
  const { things } = await opened(db, actor, dossier);
  const sites = new Map<string, { things: number; last: number; finders: Set<string> }>();
  for (const { finds } of things) {
    for (const site of new Set(finds.map(siteOf).filter((site) => site !== null))) {
      const source = sites.get(site) ?? { things: 0, last: 0, finders: new Set<string>() };
      source.things += 1;
      for (const find of finds.filter((each) => siteOf(each) === site)) {
        source.last = Math.max(source.last, find.foundAt);
        source.finders.add(find.finderId);
      }
      sites.set(site, source);
    }
  }
  const people = await named(db, [...new Set([...sites.values()].flatMap(({ finders }) => [...finders]))]);
  const items = [...sites]
    .sort(([a, x], [b, y]) => y.things - x.things || (a < b ? -1 : 1))
    .slice(0, MOST_SOURCES)
    .map(([site, { things, last, finders }]) => ({
      site,
      things,
      lastAt: new Date(last).toISOString(),
      finders: [...finders].sort().flatMap((finder) => people.get(finder) ?? []),
    }));
  return { items, next: null };
}

const MOST_SOURCES = 500;

type ItemRow = Omit<FindView, 'foundAt'> & {
  foundAt: Date;
  title: string;
  url: string | null;
  summary: string;
  address: string | null;
  kind: Thing['kind'];
};

/** Things as they are shown, in their order. */
export async function thingViews(db: Db, actor: Actor, things: readonly Thing[]): Promise<ThingView[]> {
  const ids = things.flatMap(({ finds }) => finds.slice(0, MOST_FINDS).map(({ id }) => id));
  const { rows } =
    await sql<ItemRow>`select i.id, i.kind, i.html, ${toldFoundAt(actor, 'i')} as "foundAt", i.canonical_url as address,
      coalesce(nullif(i.title, ''), e.title, '') as title, coalesce(i.url, '/posts/' || e.id) as url,
      coalesce(nullif(i.summary, ''), e.excerpt, '') as summary, ${personJson('f')} as finder,
      json_build_object('id', w.id, 'name', w.name) as watch
    from desk_items i join watches w on w.id = i.watch_id join people f on f.id = ${toldFinder(actor, 'i')}
      left join entries e on e.id = i.entry_id and ${listedEntries(actor, 'e')}
    where i.id = any(${ids}::uuid[]) and ${sharedItems(actor, 'i')}`.execute(db);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return things.flatMap(({ id, kind, finds }) => {
    const found = finds.flatMap((find) => byId.get(find.id) ?? []);
    const [first] = found;
    if (!first) return [];
    const { url, address } = first;
    return [
      {
        id,
        kind,
        url,
        site: siteOf({ kind, address }) ?? '',
        title: found.find(({ title }) => title !== '')?.title ?? '',
        summary: found.find(({ summary }) => summary !== '')?.summary ?? '',
        firstAt: new Date(finds[0]?.foundAt ?? 0).toISOString(),
        lastAt: new Date(finds.at(-1)?.foundAt ?? 0).toISOString(),
        finds: found.map((find) => ({
          id: find.id,
          finder: find.finder,
          watch: find.watch,
          html: find.html,
          foundAt: find.foundAt.toISOString(),
        })),
      },
    ];
  });
}

/** Shown of one thing; more people than that rarely find the same page. */
const MOST_FINDS = 50;

async function named(db: Db, ids: readonly string[]): Promise<Map<string, FindView['finder']>> {
  const { rows } = await sql<{ person: FindView['finder'] }>`select ${personJson('p')} as person from people p
    where p.id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map(({ person }) => [person.id, person]));
}

function onShelf(shelf: string | null | undefined): (thing: Thing) => boolean {
  switch (shelf || 'all') {
    case 'all':
      return () => true;
    case 'found':
      return ({ kind }) => kind !== 'note';
    case 'notes':
      return ({ kind }) => kind === 'note';
    case 'several':
      return ({ finds }) => new Set(finds.map(({ finderId }) => finderId)).size > 1;
    default:
      throw invalid('shelf', 'unknown_shelf');
  }
}

function ofSite(site: string | null | undefined): (thing: Thing) => boolean {
  return site ? ({ finds }) => finds.some((find) => siteOf(find) === site) : () => true;
}

function placeOf({ id, finds }: Thing): { at: string; id: string } {
  return { at: new Date(finds.at(-1)?.foundAt ?? 0).toISOString(), id: finds.at(-1)?.id ?? id };
}

function isBehind(thing: Thing, from: { at: string; id: string }): boolean {
  const place = placeOf(thing);
  return place.at < from.at || (place.at === from.at && place.id < from.id);
}
