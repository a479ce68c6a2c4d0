/** A network of watches, things, posts and dossiers drawn by chance over the small world, and who may see what of it. */
import { sql } from 'kysely';
import type { Db, Tx } from '#server/platform/db.ts';

interface Place {
  id: string;
  open: boolean;
}

interface Drawn {
  people: {
    id: string;
    handle: string;
    guest: boolean;
    moderator: boolean;
    communities: Set<string>;
    animates: Set<string>;
  }[];
  watches: { id: string; owner: string; place: Place | null; hidden: boolean }[];
  items: { id: string; owner: string; watch: string; shared: boolean; title: string }[];
  entries: { id: string; author: string; place: Place | null; listed: boolean; title: string }[];
  dossiers: { id: string; place: Place; founder: string; hidden: boolean }[];
}

/** Numbers between 0 and 1, the same ones every time (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let hash = Math.imul(state ^ (state >>> 15), 1 | state);
    hash = (hash + Math.imul(hash ^ (hash >>> 7), 61 | hash)) ^ hash;
    return ((hash ^ (hash >>> 14)) >>> 0) / 4294967296;
  };
}

const SUBJECTS = 'norvalt hydralis zorglonde krypton suisse robinetterie'.split(' ');
const WORDS = 'rachat tarif pompe vanne salon brevet usine grève remise chaudière notice livraison'.split(
  ' ',
);

/** Fills the database, and tells what stands in it. */
export async function drawWatches(db: Db, random: () => number): Promise<Drawn> {
  const some = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const titled = () => `${some(SUBJECTS)} ${some(WORDS)} ${some(WORDS)} ${Math.floor(random() * 4)}`;
  const { rows: people } = await sql<{
    id: string;
    handle: string;
    guest: boolean;
    moderator: boolean;
    communities: string[];
    animates: string[];
  }>`
    select p.id, p.handle, p.role = 'guest' as guest, p.role in ('moderator', 'admin', 'owner') as moderator,
      array(select community_id::text from memberships m where m.person_id = p.id and m.role = 'animator') as animates,
      array(select community_id::text from memberships m where m.person_id = p.id) as communities
    from people p where p.status = 'active' order by p.handle`.execute(db);
  const { rows: places } = await sql<Place>`select id, open from communities order by slug`.execute(db);
  const digits = (count: number) =>
    Array.from({ length: count }, () => Math.floor(random() * 16).toString(16)).join('');
  const id = () => `${digits(8)}-${digits(4)}-7${digits(3)}-8${digits(3)}-${digits(12)}`;
  const watches = people.flatMap((person) =>
    Array.from({ length: 4 }, (_, at) => {
      const reached = places.filter(({ id: place }) => person.communities.includes(place));
      const place = random() < 0.6 && reached.length > 0 ? some(reached) : null;
      const hidden = place !== null && random() < 0.15;
      return { id: id(), owner: person.id, place, hidden, name: `${some(SUBJECTS)} ${at}` };
    }),
  );
  const items = watches.flatMap((watch) =>
    Array.from({ length: 5 }, (_, at) => {
      const shared = watch.place !== null && random() < 0.7;
      const price =
        random() < 0.3 ? ` Le forfait ${some(SUBJECTS)} coûte ${40 + Math.floor(random() * 4)} €.` : '';
      const clip =
        at < 4
          ? `https://site${at}.example/${watch.owner.slice(-4)}/${Math.floor(random() * 30)}/${id()}`
          : null;
      const url =
        clip && random() < 0.5 ? `https://site${at}.example/page-${Math.floor(random() * 12)}-${at}` : clip;
      return { id: id(), owner: watch.owner, watch: watch.id, shared, title: titled(), body: price, url };
    }),
  );
  // Nobody keeps a page twice.
  const once = [
    ...new Map(items.map((item) => [item.url ? `${item.owner} ${item.url}` : item.id, item])).values(),
  ];
  const entries = Array.from({ length: 120 }, () => {
    const author = some(people.filter(({ guest }) => !guest));
    const place = random() < 0.7 ? some(places) : null;
    const state = some(['listed', 'listed', 'listed', 'draft', 'hidden', 'deleted'] as const);
    return { id: id(), author: author.id, place, listed: state === 'listed', state, title: titled() };
  });
  const dossiers = Array.from({ length: 14 }, () => {
    const place = some(places);
    const fitting = watches.filter(
      (watch) => watch.place && (watch.place.open || watch.place.id === place.id),
    );
    const held = Array.from({ length: 4 }, () => some(fitting)?.id).filter((each) => each !== undefined);
    return {
      id: id(),
      place,
      held: [...new Set(held)],
      founder: some(people.filter(({ guest }) => !guest)).id,
      hidden: random() < 0.15,
    };
  });
  await write(db, { watches, items: once, entries, dossiers });
  return {
    people: people.map(({ communities, animates, ...person }) => ({
      ...person,
      communities: new Set(communities),
      animates: new Set(animates),
    })),
    ...{ watches, entries, dossiers },
    items: once,
  };
}

/** Takes away all that this person may not see, as if it had never been. Said here again, in other words than the product's. */
export async function leaveOnlyWhatIsSeen(
  tx: Tx,
  drawn: Drawn,
  person: Drawn['people'][number],
): Promise<void> {
  const reaches = (place: Place) => (place.open && !person.guest) || person.communities.has(place.id);
  const keepsOrder = (place: Place) => person.moderator || person.animates.has(place.id);
  const sees = new Set(
    drawn.watches
      .filter(({ owner, place, hidden }) => owner === person.id || (place && !hidden && reaches(place)))
      .map(({ id }) => id),
  );
  const hidden = {
    watches: drawn.watches.filter(({ id }) => !sees.has(id)),
    desk_items: drawn.items.filter(
      ({ owner, watch, shared }) => owner !== person.id && !(shared && sees.has(watch)),
    ),
    entries: drawn.entries.filter(({ place, listed }) => !listed || (place ? !reaches(place) : person.guest)),
    dossiers: drawn.dossiers.filter(({ place, founder, hidden }) =>
      hidden ? !(reaches(place) && (founder === person.id || keepsOrder(place))) : !reaches(place),
    ),
  };
  for (const table of ['dossiers', 'desk_items', 'watches', 'entries'] as const) {
    const ids = hidden[table].map(({ id }) => id);
    await sql`delete from ${sql.table(table)} where id = any(${ids}::uuid[])`.execute(tx);
  }
}

interface Written {
  watches: object[];
  items: object[];
  entries: object[];
  dossiers: { id: string; held: string[]; founder: string; hidden: boolean }[];
}

async function write(db: Db, { watches, items, entries, dossiers }: Written): Promise<void> {
  await sql`insert into watches (id, owner_id, name, community_id, everyone, shared_at, hidden_at)
    select w.id, owner, w.name, c.id, c.open, case when c.id is not null then now() end, case when hidden then now() end
    from json_to_recordset(${JSON.stringify(watches)}) w (id uuid, owner uuid, name text, place json, hidden boolean)
      left join communities c on c.id = (place ->> 'id')::uuid on conflict do nothing`.execute(db);
  await sql`insert into desk_items (id, owner_id, finder_id, watch_id, kind, title, body, url, canonical_url, shared_at)
    select id, owner, owner, watch, case when url is null then 'note' else 'clip' end, title, body, url, url,
      case when shared then now() end
    from json_to_recordset(${JSON.stringify(items)}) i (id uuid, owner uuid, watch uuid, title text, body text, url text,
      shared boolean) where exists (select 1 from watches where watches.id = watch)`.execute(db);
  await sql`insert into entries (id, author_id, community_id, everyone, title, body, html, status, published_at,
      hidden_at, deleted_at)
    select e.id, author, c.id, coalesce(c.open, true), e.title, e.title, e.title,
      case when state = 'draft' then 'draft' else 'published' end, case when state <> 'draft' then now() end,
      case when state = 'hidden' then now() end, case when state = 'deleted' then now() end
    from json_to_recordset(${JSON.stringify(entries)}) e (id uuid, author uuid, place json, title text, state text)
      left join communities c on c.id = (place ->> 'id')::uuid`.execute(db);
  await sql`insert into dossiers (id, name, community_id, everyone, founder_id, hidden_at)
    select d.id, 'Dossier', c.id, c.open, founder, case when hidden then now() end
    from json_to_recordset(${JSON.stringify(dossiers)}) d (id uuid, place json, founder uuid, hidden boolean)
      join communities c on c.id = (place ->> 'id')::uuid`.execute(db);
  const held = dossiers.flatMap(({ id, held: ids, founder }) => ids.map((watch) => ({ id, watch, founder })));
  await sql`insert into dossier_watches (dossier_id, watch_id, person_id) select id, watch, founder
    from json_to_recordset(${JSON.stringify(held)}) h (id uuid, watch uuid, founder uuid)
    where exists (select 1 from watches where watches.id = watch)`.execute(db);
}
