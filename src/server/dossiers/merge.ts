import { bandOf, BANDS, nearIdentical } from '../platform/likeness/fingerprint.ts';

/** Something that somebody found and shared: a thing in one watch. */
export interface Find {
  id: string;
  watchId: string;
  kind: 'note' | 'clip' | 'bookmark';
  finderId: string;
  foundAt: number;
  /** What it is about, as addresses are compared; null for a note. */
  address: string | null;
  fingerprint: Buffer | null;
}

/** What one watch holds, or several together. */
export interface Holdings {
  watches: ReadonlySet<string>;
  finds: ReadonlyMap<string, Find>;
}

/** The same thing, by however many it was found: whoever found it first stands first. */
export interface Thing {
  /** The id of its first find. */
  id: string;
  kind: Find['kind'];
  finds: Find[];
}

export interface Gain {
  sources: number;
  things: number;
  /** The watch that holds most alone. */
  best: { watchId: string; sources: number; things: number } | null;
}

export const nothing: Holdings = { watches: new Set(), finds: new Map() };

export function holdings(watchId: string, finds: readonly Find[]): Holdings {
  return { watches: new Set([watchId]), finds: new Map(finds.map((find) => [find.id, find])) };
}

/**
 * Two holdings as one. What was found stays as each found it, so the order and the repetition of merges leave no trace:
 * merge(a, b) = merge(b, a), merge(a, merge(b, c)) = merge(merge(a, b), c), merge(a, a) = a; and what is taken out again was
 * never there.
 */
export function merge(a: Holdings, b: Holdings): Holdings {
  return { watches: new Set([...a.watches, ...b.watches]), finds: new Map([...a.finds, ...b.finds]) };
}

/** What is left without one of the watches. */
export function without(all: Holdings, watchId: string): Holdings {
  return {
    watches: new Set([...all.watches].filter((id) => id !== watchId)),
    finds: new Map([...all.finds].filter(([, find]) => find.watchId !== watchId)),
  };
}

/**
 * The things that were found, duplicates made one: those with the same address, then those whose texts are nearly
 * identical, and whatever these bring together. The latest first. It is a function of the set of finds alone.
 */
export function thingsOf({ finds }: Holdings): Thing[] {
  const ordered = [...finds.values()].sort(byDiscovery);
  const groups = new Groups(ordered.length);
  const first = new Map<string, number>();
  /** Of finds with the same text, letter by letter, the first. */
  const texts: number[] = [];
  ordered.forEach((find, at) => {
    const print = find.fingerprint?.toString('latin1');
    if (find.address) joinSame(`${find.kind} address ${find.address}`, at);
    if (print && joinSame(`${find.kind} text ${print}`, at)) texts.push(at);
  });
  joinNearIdentical(ordered, texts, groups);
  const things = new Map<number, Find[]>();
  ordered.forEach((find, at) => {
    const group = things.get(groups.of(at));
    if (group) group.push(find);
    else things.set(groups.of(at), [find]);
  });
  return [...things.values()]
    .map((found) => ({ id: found[0]?.id ?? '', kind: found[0]?.kind ?? 'clip', finds: found }))
    .sort((a, b) => byDiscovery(b.finds.at(-1)!, a.finds.at(-1)!));

  /** True where it is the first of its kind. */
  function joinSame(key: string, at: number): boolean {
    const same = first.get(key);
    if (same === undefined) first.set(key, at);
    else groups.join(at, same);
    return same === undefined;
  }
}

/** What is won: sources and things of all together, beside those of the watch that alone holds most. */
export function gainOf(all: Holdings, things: readonly Thing[]): Gain {
  const alone = new Map([...all.watches].map((id) => [id, { things: 0, sites: new Set<string>() }]));
  const sites = new Set<string>();
  for (const { finds } of things) {
    for (const watchId of new Set(finds.map((find) => find.watchId))) {
      const holder = alone.get(watchId);
      if (holder) holder.things += 1;
    }
    for (const find of finds) {
      const site = siteOf(find);
      if (!site) continue;
      sites.add(site);
      alone.get(find.watchId)?.sites.add(site);
    }
  }
  const ranked = [...alone]
    .map(([watchId, held]) => ({ watchId, sources: held.sites.size, things: held.things }))
    .sort((a, b) => b.things - a.things || b.sources - a.sources || (a.watchId < b.watchId ? -1 : 1));
  return { sources: sites.size, things: things.length, best: ranked[0] ?? null };
}

/** Where a clip comes from: the host of its address. */
export function siteOf(find: Pick<Find, 'kind' | 'address'>): string | null {
  return find.kind === 'clip' && find.address ? (find.address.split('/')[2] ?? null) : null;
}

/** Whoever was first; of the same moment, in the order of ids. */
function byDiscovery(a: Find, b: Find): number {
  return a.foundAt - b.foundAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** More texts with a band in common share a letterhead, not a text. */
const LARGEST_BUCKET = 64;

/** Compares those alone that have a band in common: each band is gone through once, whatever there is beside it. */
function joinNearIdentical(ordered: readonly Find[], texts: readonly number[], groups: Groups): void {
  for (let band = 0; band < BANDS; band += 1) {
    const first = new Map<string | number, number>();
    const buckets = new Map<number, number[]>();
    for (const at of texts) {
      const { kind, fingerprint } = ordered[at]!;
      const key = kind === 'clip' ? bandOf(fingerprint!, band) : `${kind} ${bandOf(fingerprint!, band)}`;
      const other = first.get(key);
      const bucket = other === undefined ? undefined : buckets.get(other);
      if (other === undefined) first.set(key, at);
      else if (bucket) bucket.push(at);
      else buckets.set(other, [other, at]);
    }
    for (const bucket of buckets.values()) if (bucket.length <= LARGEST_BUCKET) joinAlike(bucket);
  }

  function joinAlike(bucket: readonly number[]): void {
    bucket.forEach((a, index) => {
      for (const b of bucket.slice(index + 1)) {
        const [one, other] = [ordered[a]!.fingerprint!, ordered[b]!.fingerprint!];
        if (groups.of(a) !== groups.of(b) && nearIdentical(one, other)) groups.join(a, b);
      }
    });
  }
}

/** What belongs together, by places in a list (union-find). */
class Groups {
  readonly #parent: number[];

  constructor(size: number) {
    this.#parent = Array.from({ length: size }, (_, at) => at);
  }

  of(at: number): number {
    let root = at;
    while (this.#parent[root] !== root) root = this.#parent[root] ?? root;
    while (this.#parent[at] !== root) [at, this.#parent[at]] = [this.#parent[at] ?? root, root];
    return root;
  }

  join(a: number, b: number): void {
    const [first, second] = [this.of(a), this.of(b)];
    this.#parent[Math.max(first, second)] = Math.min(first, second);
  }
}
