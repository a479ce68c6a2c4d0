/** Servers on copies of one network: `quiet`, where nothing is hidden, and two stages, where something is. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDatabase, type Db } from '#server/platform/db.ts';
import { ready, startBuilt } from '../built-server.ts';
import { createDatabase, dropDatabase, urlOf } from '../postgres.ts';
import { readings, type Address } from './addresses.ts';
import { setStage, viewers, type Viewer } from './cast.ts';
import { changedTables, contentsOf } from './contents.ts';
import { hide, type Hidden } from './hidden.ts';
import { publicAddress, Window, type Answer } from './looking.ts';
import { standingPlaces, type Places } from './places.ts';
import { apiRoutes, pageRoutes, type Route } from './routes.ts';

export interface Theatre {
  routes: Route[];
  places: Required<Places>;
  /** Everything that can be read of what is there anyway. */
  addresses: Address[];
  quiet: Window;
  /** What each viewer reads where nothing is hidden. */
  answers: Map<Viewer, Map<Address, Answer>>;
  /** The tables in which reading all this changed anything. */
  stirred: string[];
  /** The tables of the quiet network that are not as they were before anybody asked. */
  changed(): Promise<string[]>;
  /**
   * Makes a busy network afresh, with these things hidden in it, and lets `work` look at it. There are two stages: what
   * comes third waits for one.
   */
  onStage<T>(things: Hidden[], work: (busy: Busy) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A network in which things are hidden. */
interface Busy {
  window: Window;
  /** What each thing can be called by. */
  named: Places[];
  /** The tables that are not as they were when the things had just been hidden. */
  changed(): Promise<string[]>;
}

const stages = ['sight_left', 'sight_right'];
const settled = 'sight_settled';
const quietName = 'sight_quiet';

export async function openTheatre(server: string): Promise<Theatre> {
  const { stage, routes, places, addresses } = await settleNetwork(server);
  const open = async (name: string) => {
    await createDatabase(server, name, settled);
    const { origin, stop } = await startBuilt(urlOf(server, name), still);
    return { name, origin, window: new Window(origin, stage.cast), stop };
  };
  const houses = await Promise.all([quietName, ...stages].map(open));
  const [quietHouse, ...busyHouses] = houses as [House, ...House[]];
  const before = await contents(server, settled);
  const changedIn = async (name: string) => changedTables(before, await contents(server, name));
  // Nothing is hidden on any stage yet.
  const answers = await everyAnswer(
    houses.map(({ window }) => window),
    addresses,
  );
  const stirred = await Promise.all(houses.map(({ name }) => changedIn(name)));
  const wings = new Wings(busyHouses);
  return {
    ...{ routes, places, addresses, quiet: quietHouse.window, answers },
    stirred: [...new Set(stirred.flat())],
    changed: () => changedIn(quietName),
    onStage: (things, work) =>
      wings.borrow(async ({ name, origin, window }) => {
        await dropDatabase(server, name);
        await createDatabase(server, name, settled);
        const named = await onDatabase(urlOf(server, name), (db) => hide(db, stage, things));
        await ready(origin);
        const hidden = await contents(server, name);
        return work({
          ...{ window, named },
          changed: async () => changedTables(hidden, await contents(server, name)),
        });
      }),
    async close() {
      await wings.close();
      await Promise.all(houses.map(({ window }) => window.close()));
      await Promise.all(houses.map(({ stop }) => stop()));
      for (const name of [quietName, ...stages, settled]) await dropDatabase(server, name);
    },
  };
}

/** A server, and the network it serves. */
interface House {
  name: string;
  origin: string;
  window: Window;
  stop: () => Promise<void>;
}

/** Lends each stage to one at a time. */
class Wings {
  readonly #free: House[];
  readonly #waiting: ((house: House) => void)[] = [];
  readonly #underWay = new Set<Promise<unknown>>();
  #closed = false;

  constructor(houses: House[]) {
    this.#free = [...houses];
  }

  borrow<T>(work: (house: House) => Promise<T>): Promise<T> {
    const done = this.#lend(work);
    this.#underWay.add(done);
    // Whoever asked for it hears of what goes wrong.
    const over = () => this.#underWay.delete(done);
    done.then(over, over);
    return done;
  }

  async #lend<T>(work: (house: House) => Promise<T>): Promise<T> {
    const house = this.#free.pop() ?? (await new Promise<House>((resolve) => this.#waiting.push(resolve)));
    try {
      if (this.#closed) throw new Error('The theatre is closed.');
      return await work(house);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(house);
      else this.#free.push(house);
    }
  }

  /** Lets whoever is on a stage finish, and nobody else come. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
  }
}

const clock = pathToFileURL(join(import.meta.dirname, 'still-clock.ts')).href;

/** All servers live at one address in the same minute, a little after everything that was written. */
const still = {
  ORIGIN: publicAddress,
  ROLES: 'web',
  NODE_OPTIONS: `--import=${clock}`,
  STILL_CLOCK: String(Date.now() + 60_000),
};

/**
 * Everybody looks at every page once, read marks and the like are then where they stay: `stirred` tells whether they do.
 * What stands behind a question mark only chooses among what is there.
 */
async function settleNetwork(server: string) {
  await createDatabase(server, settled, 'world');
  const url = urlOf(server, settled);
  const { stage, places } = await onDatabase(url, async (db) => {
    const stage = await setStage(db);
    return { stage, places: await standingPlaces(db, stage) };
  });
  const running = await Promise.all([startBuilt(url, still), startBuilt(url, still)]);
  const windows = running.map(({ origin }) => new Window(origin, stage.cast));
  try {
    const routes = [
      ...pageRoutes(),
      ...apiRoutes(await (await fetch(`${running[0].origin}/api/v1/openapi.json`)).json()),
    ];
    const addresses = readings(routes, places);
    await everyAnswer(
      windows,
      addresses.filter(({ path }) => !path.includes('?')),
    );
    return { stage, places, routes, addresses };
  } finally {
    await Promise.all(windows.map((window) => window.close()));
    await Promise.all(running.map(({ stop }) => stop()));
  }
}

/**
 * What each viewer reads, through windows on the same network. Each window has one question under way: every other would
 * open more connections, which plan all their statements anew.
 */
async function everyAnswer(
  windows: Window[],
  addresses: Address[],
): Promise<Map<Viewer, Map<Address, Answer>>> {
  const answers = new Map<Viewer, Map<Address, Answer>>();
  const waiting = viewers.values();
  const ask = async (window: Window) => {
    for (const viewer of waiting) answers.set(viewer, await window.askAll(viewer, addresses));
  };
  await Promise.all(windows.map(ask));
  return answers;
}

function contents(server: string, name: string): Promise<Map<string, string>> {
  return onDatabase(urlOf(server, name), contentsOf);
}

async function onDatabase<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = openDatabase(url, 4);
  try {
    return await work(db);
  } finally {
    await close();
  }
}
