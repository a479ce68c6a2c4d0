/**
 * The first law: what somebody may not see changes nothing of what he does see, not one byte of any answer. Servers run
 * on copies of one network; on a stage things are hidden in it. Whoever may not see them must get the same answers as
 * where there are none; whoever may must get at least one that differs, or the thing was never there to be found.
 */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readingsOf, unknownParameters, writesTo, type Address } from './addresses.ts';
import { viewers, type Viewer } from './cast.ts';
import { Expected } from './expected.ts';
import { hiddenThings, together, type Hidden } from './hidden.ts';
import type { Window } from './looking.ts';
import type { Places } from './places.ts';
import { openTheatre } from './theatre.ts';

/** Two stages are looked at at the same time, and each test waits for its own. */
const patience = 15 * 60_000;

const theatre = await openTheatre(inject('postgres'));
const { routes, places, addresses, quiet, answers, stirred, onStage } = theatre;
const expected = new Expected(quiet, answers);
/** What chooses among the things of a page comes after all pages: whoever looks for something finds it sooner. */
const shortFirst = addresses.toSorted((one, other) => queryOf(one) - queryOf(other));
afterAll(theatre.close, patience);

interface Audience {
  names: string;
  outside: Viewer[];
  things: Hidden[];
}
/** A line for each answer that is not as where nothing is hidden, and the tables in which asking changed anything. */
interface Look {
  reading: string[];
  writing: string[];
  touched: string[];
}
let looks: Map<Audience, Promise<Look>>;
let seen: Promise<Map<Hidden, Viewer[]>>;
const shows = audiences();

beforeAll(() => {
  looks = new Map(shows.map((audience) => [audience, heard(look(audience))]));
  seen = heard(seenTogether());
});

test('the harness knows how to ask for every page, route, feed and search', () => {
  expect(unknownParameters(routes)).toEqual([]);
  expect(addresses.length).toBeGreaterThan(0);
});

test('no answer is a fault of ours', () => {
  const faults = [...answers].flatMap(([viewer, given]) =>
    [...given].filter(([, { status }]) => status >= 500).map(([{ path }]) => `${viewer} ${path}`),
  );
  expect(faults).toEqual([]);
});

test('reading everything once more changes nothing that is kept', () => {
  expect(stirred).toEqual([]);
});

describe.each(shows)('$names', (audience) => {
  test(
    'notice nothing of what they may not see',
    async () => expect((await looks.get(audience))?.reading).toEqual([]),
    patience,
  );

  test(
    'cannot write to it, and learn nothing by trying',
    async () => expect((await looks.get(audience))?.writing).toEqual([]),
    patience,
  );

  test(
    'leave all that is kept as it was',
    async () => expect((await looks.get(audience))?.touched).toEqual([]),
    patience,
  );
});

test.each(hiddenThings.filter(({ seenBy }) => seenBy.length > 0))(
  'there is $name',
  async (hidden) => {
    const found = (await seen).get(hidden) ?? [];
    const others = hidden.seenBy.filter((viewer) => !found.includes(viewer));
    if (others.length === 0) return;
    const blind = onStage([hidden], ({ window, named }) => notNoticing(others, window, named, shortFirst));
    expect(await blind).toEqual([]);
  },
  patience,
);

test('all that asking left the quiet network as it was', async () => {
  expect(await theatre.changed()).toEqual([]);
});

test('what is done afterwards goes as if nothing were hidden', async () => {
  const things = hiddenThings.filter(({ seenBy }) => !seenBy.includes('stranger'));
  await onStage(things, ({ window }) => doDeeds(window));
});

async function doDeeds(busy: Window): Promise<void> {
  const deeds: [Viewer, string, string, object?][] = [
    ['stranger', 'POST', '/communities', { name: 'Les zorglondes', access: 'open' }],
    ['stranger', 'GET', '/communities?limit=100'],
    [
      'stranger',
      'POST',
      '/posts',
      { body: 'Un billet.', tags: ['PROJET  ZORGLONDE', 'Decor'], status: 'published' },
    ],
    ['stranger', 'GET', '/feed?scope=all&limit=1'],
    ['stranger', 'GET', '/tags?prefix=projet'],
    ['stranger', 'GET', '/search?q=zorglonde'],
    ['stranger', 'PATCH', '/people/me', { handle: 'odile.zorglonde' }],
    ['admin', 'POST', '/invitations', { role: 'member' }],
    ['admin', 'GET', '/audit?limit=1'],
    ['admin', 'GET', '/search?q=zorglonde'],
  ];
  for (const [viewer, method, path, body] of deeds) {
    const address = {
      route: path,
      kind: 'api' as const,
      method,
      path: `/api/v1${path}`,
      body: JSON.stringify(body),
    };
    const [without, withThem] = [await quiet.ask(viewer, address), await busy.ask(viewer, address)];
    expect(withoutChance(withThem.body), `${viewer} ${method} ${path}`).toBe(withoutChance(without.body));
    expect(withThem.status).toBe(without.status);
  }
}

/** An answer without what is drawn by lot and when it was. */
function withoutChance(body: string): string {
  return body
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'ID')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/"(token|link|path|url|next)":"[^"]*"/g, '"$1":""');
}

/** Viewers from whom the same things are hidden look at the same time; those who have most company first. */
function audiences(): Audience[] {
  const hiddenFrom = (viewer: Viewer) =>
    hiddenThings.filter(({ seenBy, perhaps }) => !seenBy.includes(viewer) && !perhaps?.includes(viewer));
  const groups = Map.groupBy(viewers, (viewer) =>
    hiddenFrom(viewer)
      .map(({ name }) => name)
      .join(),
  );
  const all = [...groups.values()].map((outside) => ({
    names: outside.join(', '),
    outside,
    things: hiddenFrom(outside[0] ?? 'anonymous'),
  }));
  return all.sort((one, other) => other.outside.length - one.outside.length);
}

/** What an audience finds and does where these things are. */
function look({ outside, things }: Audience): Promise<Look> {
  return onStage(things, async ({ window, named: each, changed }) => {
    const named = together(each);
    const names = Object.values(named).flat();
    const own = readingsOf(named, routes, places);
    return {
      reading: await differences(outside, [...addresses, ...own], names, window),
      writing: await differences(outside, writesTo(named, routes, places), names, window),
      touched: await changed(),
    };
  });
}

/** Each question whose answer is not the one expected, as one line. Each viewer asks in the order given. */
async function differences(who: Viewer[], asked: Address[], names: string[], where: Window) {
  const found = await Promise.all(
    who.map(async (viewer) => {
      const lines: string[] = [];
      for (const address of asked) {
        const told = await expected.difference(viewer, address, names, where.ask(viewer, address));
        if (told) lines.push(`${viewer} ${address.method} ${address.path}: ${told}`);
      }
      return lines;
    }),
  );
  return found.flat();
}

/** Who of those who may see each thing finds it under a name of its own, where all things are. */
function seenTogether(): Promise<Map<Hidden, Viewer[]>> {
  return onStage(hiddenThings, async ({ window, named: each }) => {
    const found = new Map<Hidden, Viewer[]>();
    for (const [at, hidden] of hiddenThings.entries()) {
      const others = each.filter((_, other) => other !== at);
      const taken = [places, ...others].flatMap((named) => Object.values(named).flat());
      const own = Object.entries(each[at] ?? {}).map(([kind, values]) => [
        kind,
        values.filter((value) => !taken.includes(value)),
      ]);
      const alone = [Object.fromEntries(own) as Places];
      const blind = await notNoticing(hidden.seenBy, window, alone);
      found.set(
        hidden,
        hidden.seenBy.filter((viewer) => !blind.includes(viewer)),
      );
    }
    return found;
  });
}

/** Those of these viewers to whom nothing is told otherwise where the thing is named, nor at these other addresses. */
async function notNoticing(who: Viewer[], busy: Window, each: Places[], others: Address[] = []) {
  const named = together(each);
  const asked = [...readingsOf(named, routes, places), ...others];
  const names = Object.values(named).flat();
  const blind = who.map(async (viewer) => ((await notices(viewer, asked, names, busy)) ? [] : [viewer]));
  return (await Promise.all(blind)).flat();
}

async function notices(viewer: Viewer, asked: Address[], names: string[], busy: Window): Promise<boolean> {
  for (const address of asked) {
    if (await expected.difference(viewer, address, names, busy.ask(viewer, address))) return true;
  }
  return false;
}

function queryOf({ path }: Address): number {
  return path.includes('?') ? 1 : 0;
}

/** The same promise; a test waits for it later, and is told then of what went wrong. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
