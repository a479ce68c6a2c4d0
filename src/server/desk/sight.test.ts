import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Actor } from '#server/actor.ts';
import { isGuest, isModerator } from '#server/actor.ts';
import { searchOwn } from '#server/search/own.ts';
import { testDatabase } from '../../../tests/database.ts';
import { actorOf } from '../../../tests/world.ts';
import { sharedItems, visibleItems, visibleWatches } from './sight.ts';

const { db } = await testDatabase();
const HANDLES = [
  ...['helene.dargent', 'nadia.rahmani', 'thomas.gauthier', 'claire.martin', 'bernard.lecoq'],
  ...['yanis.belkacem', 'ines.carvalho', 'bastien.vasseur', 'mathieu.kessler', 'lucie.ferrand'],
  ...['amadou.diallo', 'elise.perrin', 'pierre.alonzo'],
];
const people = await Promise.all(HANDLES.map((handle) => actorOf(db, handle)));

/** Numbers drawn from a seed, so that a case that fails fails again. */
function drawer(seed: number) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return {
    chance: (share: number) => next() < share,
    of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  };
}

interface Community {
  id: string;
  open: boolean;
  members: string[];
  animators: string[];
}
interface Watch {
  id: string;
  owner: string;
  community: Community | null;
  deleted: boolean;
  hidden: boolean;
}
interface Item {
  id: string;
  owner: string;
  watch: Watch | null;
  entry: { id: string; community: Community | null } | null;
  shared: boolean;
  deleted: boolean;
}

/** Draws a network of desks, and says what everybody should see of it, without the product's own rule. */
async function draw(seed: number, most: { watches: number; items: number }) {
  const { chance, of } = drawer(seed);
  const { rows: communities } = await sql<Community>`select c.id, c.open,
    (select array_agg(person_id::text) from memberships where community_id = c.id) as members,
    array(select person_id::text from memberships where community_id = c.id and role = 'animator') as animators from communities c`.execute(
    db,
  );
  const { rows: entries } = await sql<{
    id: string;
    community_id: string | null;
  }>`select id, community_id from entries
    where listed order by id limit 60`.execute(db);
  const watches: Watch[] = [];
  for (let n = 0; n < most.watches; n += 1) {
    const owner = of(people).id;
    const community = chance(0.6) ? of(communities) : null;
    const deleted = chance(0.1);
    const hidden = chance(0.2);
    const { rows } = await sql<{
      id: string;
    }>`insert into watches (owner_id, name, community_id, everyone, shared_at, deleted_at, hidden_at)
      values (${owner}, ${`V ${seed} ${n}`}, ${community?.id ?? null}, ${community?.open ?? null},
        case when ${community !== null} then now() end, case when ${deleted} then now() end,
        case when ${hidden} then now() end) returning id`.execute(db);
    watches.push({ id: rows[0]!.id, owner, community, deleted, hidden });
  }
  const items: Item[] = [];
  for (let n = 0; n < most.items; n += 1) {
    const watch = chance(0.8) ? of(watches) : null;
    const owner = watch?.owner ?? of(people).id;
    const found = chance(0.25) ? of(entries) : null;
    const home = communities.find(({ id }) => id === found?.community_id) ?? null;
    const entry = found && { id: found.id, community: home };
    const item = { owner, watch, entry, shared: watch !== null && chance(0.6), deleted: chance(0.1) };
    const { rows } = await sql<{
      id: string;
    }>`insert into desk_items (owner_id, kind, watch_id, entry_id, body, shared_at, deleted_at)
      values (${owner}, ${entry ? 'bookmark' : 'note'}, ${watch?.id ?? null}, ${entry?.id ?? null}, ${`zorglonde${n}`},
        case when ${item.shared} then now() end, case when ${item.deleted} then now() end)
      on conflict do nothing returning id`.execute(db);
    if (rows[0]) items.push({ ...item, id: rows[0].id });
  }
  return { watches, items };
}

const reads = (viewer: Actor, community: Community | null) =>
  community === null
    ? !isGuest(viewer)
    : (community.open && !isGuest(viewer)) || community.members.includes(viewer.id);
const isOpen = (viewer: Actor, { deleted, community, hidden, owner }: Watch) =>
  !deleted &&
  community !== null &&
  reads(viewer, community) &&
  (!hidden || owner === viewer.id || isModerator(viewer) || community.animators.includes(viewer.id));
const opens = (viewer: Actor, watch: Watch) =>
  isOpen(viewer, watch) || (!watch.deleted && watch.owner === viewer.id);
const isThere = (viewer: Actor, { watch, entry, shared, deleted }: Item) =>
  shared &&
  !deleted &&
  watch !== null &&
  isOpen(viewer, watch) &&
  (entry === null || reads(viewer, entry.community));

test('in more than 10,000 random cases, everybody sees what he should, and nothing else', async () => {
  const { watches, items } = await draw(20261122, { watches: 90, items: 900 });
  const idsOf = async (query: ReturnType<typeof sql<{ id: string }>>) =>
    new Set((await query.execute(db)).rows.map(({ id }) => id));
  let cases = 0;
  let shown = 0;
  for (const viewer of people) {
    const [own, shared, open] = await Promise.all([
      idsOf(sql<{ id: string }>`select id from desk_items where ${visibleItems(viewer)}`),
      idsOf(sql<{ id: string }>`select id from desk_items where ${sharedItems(viewer)}`),
      idsOf(sql<{ id: string }>`select id from watches where ${visibleWatches(viewer)}`),
    ]);
    for (const item of items) {
      const there = isThere(viewer, item);
      const expected = there && !item.watch?.hidden;
      expect([item, shared.has(item.id)]).toEqual([item, expected]);
      expect([item, own.has(item.id)]).toEqual([item, there || (item.owner === viewer.id && !item.deleted)]);
      shown += Number(expected && item.owner !== viewer.id);
      cases += 1;
    }
    for (const watch of watches) expect(open.has(watch.id)).toBe(opens(viewer, watch));
  }
  expect(cases).toBeGreaterThan(10_000);
  expect(shown).toBeGreaterThan(500);
});

test('what one finds on one’s desk is one’s own, whatever others keep under the same words', async () => {
  const { items } = await draw(7, { watches: 12, items: 120 });
  for (const viewer of people.slice(0, 4)) {
    const { items: found } = await searchOwn(db, viewer, { q: 'zorglonde', limit: 100 });
    expect(found.every(({ own }) => own)).toBe(true);
    const mine = items.filter(({ owner, deleted }) => owner === viewer.id && !deleted).map(({ id }) => id);
    const all = new Set(found.map(({ id }) => id));
    if (found.length < 100) expect(mine.filter((id) => !all.has(id))).toEqual([]);
  }
});
