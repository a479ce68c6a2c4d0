/**
 * The first law: what somebody may not see changes nothing of what he does see, not one byte of any answer. Two servers
 * run on two copies of one network; in one of them a thing is hidden. Whoever may not see it must get the same answers
 * from both; whoever may must get at least one that differs, or the thing was never there to be found.
 */
import { afterAll, describe, expect, inject, test } from 'vitest';
import { readingsOf, unknownParameters, writesTo, type Address } from './addresses.ts';
import { viewers, type Viewer } from './cast.ts';
import { hiddenThings } from './hidden.ts';
import { difference, type Answer } from './looking.ts';
import { openTheatre } from './theatre.ts';

const { routes, places, addresses, quiet, busy, answers, stageHidden, close } = await openTheatre(
  inject('postgres'),
);
afterAll(close);

test('the harness knows how to ask for every page, route, feed and search', () => {
  expect(unknownParameters(routes)).toEqual([]);
  expect(addresses.length).toBeGreaterThan(0);
});

test('the same question gets the same answer', async () => {
  const moving = await Promise.all(viewers.map((viewer) => differences(viewer, addresses, 'quiet')));
  expect(moving.flat()).toEqual([]);
});

test('no answer is a fault of ours', () => {
  const faults = [...answers].flatMap(([viewer, given]) =>
    [...given].filter(([, { status }]) => status >= 500).map(([{ path }]) => `${viewer} ${path}`),
  );
  expect(faults).toEqual([]);
});

describe.each(hiddenThings)('$name', (hidden) => {
  const outside = viewers.filter(
    (viewer) => !hidden.seenBy.includes(viewer) && !hidden.perhaps?.includes(viewer),
  );
  let own: Address[] = [];
  let writes: Address[] = [];

  test('changes nothing for whoever may not see it', async () => {
    const named = await stageHidden(hidden);
    own = readingsOf(named, routes, places);
    writes = writesTo(named, routes, places);
    const noticed = await Promise.all(outside.map((viewer) => differences(viewer, [...addresses, ...own])));
    expect(noticed.flat()).toEqual([]);
  });

  test.runIf(hidden.seenBy.length > 0)('is there for whoever may', async () => {
    const blind = await Promise.all(
      hidden.seenBy.map(async (viewer) => ((await notices(viewer, own)) ? [] : viewer)),
    );
    expect(blind.flat()).toEqual([]);
  });

  test('cannot be written to by whoever may not see it', async () => {
    const noticed = await Promise.all(outside.map((viewer) => differences(viewer, writes)));
    expect(noticed.flat()).toEqual([]);
  });
});

test('all that asking left the quiet network as it was', async () => {
  const moved = await Promise.all(viewers.map((viewer) => differences(viewer, addresses, 'quiet')));
  expect(moved.flat()).toEqual([]);
});

/** Each question whose answer differs from that of the quiet network, as one line. */
async function differences(
  viewer: Viewer,
  asked: Address[],
  where: 'busy' | 'quiet' = 'busy',
): Promise<string[]> {
  const found: string[] = [];
  for (const address of asked) {
    const expected = answers.get(viewer)?.get(address) ?? (await quiet.ask(viewer, address));
    const answer = await (where === 'busy' ? busy : quiet).ask(viewer, address);
    const told = difference(expected, answer);
    if (told) found.push(`${viewer} ${address.method} ${address.path}: ${told}`);
  }
  return found;
}

async function notices(viewer: Viewer, own: Address[]): Promise<boolean> {
  for (const address of [...own, ...addresses]) {
    const expected: Answer = answers.get(viewer)?.get(address) ?? (await quiet.ask(viewer, address));
    if (difference(expected, await busy.ask(viewer, address))) return true;
  }
  return false;
}
