/**
 * The first law: what somebody may not see changes nothing of what he does see, not one byte of any answer. Two servers
 * run on two copies of one network; in one of them things are hidden. Whoever may not see them must get the same answers
 * from both; whoever may must get at least one that differs, or the thing was never there to be found.
 */
import { afterAll, describe, expect, inject, test } from 'vitest';
import { readingsOf, unknownParameters, writesTo, type Address } from './addresses.ts';
import { viewers, type Viewer } from './cast.ts';
import { hiddenThings, type Hidden } from './hidden.ts';
import { difference, type Window } from './looking.ts';
import { openTheatre } from './theatre.ts';

const theatre = await openTheatre(inject('postgres'));
const { routes, places, addresses, quiet, busy, answers, stageHidden } = theatre;
afterAll(theatre.close);

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

describe.each(audiences())('$names', ({ outside, things }) => {
  let own: Address[] = [];
  let writes: Address[] = [];

  test('notice nothing of what they may not see', async () => {
    const named = await stageHidden(things);
    own = readingsOf(named, routes, places);
    writes = writesTo(named, routes, places);
    expect(await differences(outside, [...addresses, ...own])).toEqual([]);
  });

  test('cannot write to it, and learn nothing by trying', async () => {
    expect(await differences(outside, writes)).toEqual([]);
  });
});

test.each(hiddenThings.filter(({ seenBy }) => seenBy.length > 0))('there is $name', async (hidden) => {
  const own = readingsOf(await stageHidden([hidden]), routes, places);
  const looks = hidden.seenBy.map(async (viewer) => ((await notices(viewer, own)) ? [] : viewer));
  expect((await Promise.all(looks)).flat()).toEqual([]);
});

test('all that asking left the quiet network as it was', async () => {
  expect(await differences([...viewers], addresses, quiet)).toEqual([]);
});

test('what is done afterwards goes as if nothing were hidden', async () => {
  await stageHidden(hiddenThings.filter(({ seenBy }) => !seenBy.includes('stranger')));
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
});

/** An answer without what is drawn by lot and when it was. */
function withoutChance(body: string): string {
  return body
    .replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, 'ID')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/"(token|link|path|url|next)":"[^"]*"/g, '"$1":""');
}

/** Viewers from whom the same things are hidden look at the same time. */
function audiences(): { names: string; outside: Viewer[]; things: Hidden[] }[] {
  const hiddenFrom = (viewer: Viewer) =>
    hiddenThings.filter(({ seenBy, perhaps }) => !seenBy.includes(viewer) && !perhaps?.includes(viewer));
  const groups = Map.groupBy(viewers, (viewer) =>
    hiddenFrom(viewer)
      .map(({ name }) => name)
      .join(),
  );
  return [...groups.values()].map((outside) => ({
    names: outside.join(', '),
    outside,
    things: hiddenFrom(outside[0] ?? 'anonymous'),
  }));
}

/** Each question whose answer is not that of the quiet network, as one line. Each viewer writes in the order given. */
async function differences(who: Viewer[], asked: Address[], where = busy): Promise<string[]> {
  const reads = asked.every(({ method }) => method === 'GET');
  const found = await Promise.all(who.map((viewer) => differencesFor(viewer, asked, where, reads ? 4 : 1)));
  return found.flat();
}

async function differencesFor(viewer: Viewer, asked: Address[], where: Window, atOnce: number) {
  const lines: string[] = [];
  const waiting = asked.values();
  const compare = async () => {
    for (const address of waiting) {
      const answer = where.ask(viewer, address);
      const told = difference(await expected(viewer, address), await answer);
      if (told) lines.push(`${viewer} ${address.method} ${address.path}: ${told}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, compare));
  return lines;
}

async function notices(viewer: Viewer, own: Address[]): Promise<boolean> {
  for (const address of [...own, ...addresses]) {
    if (difference(await expected(viewer, address), await busy.ask(viewer, address))) return true;
  }
  return false;
}

async function expected(viewer: Viewer, address: Address) {
  return answers.get(viewer)?.get(address) ?? quiet.ask(viewer, address);
}
