/** Two servers on two copies of one network: `quiet`, where nothing is hidden, and `busy`, where something is. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDatabase, type Db } from '#server/platform/db.ts';
import { ready, startBuilt } from '../built-server.ts';
import { createDatabase, dropDatabase, urlOf } from '../postgres.ts';
import { readings, type Address } from './addresses.ts';
import { setStage, viewers, type Viewer } from './cast.ts';
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
  busy: Window;
  /** What each viewer reads where nothing is hidden. */
  answers: Map<Viewer, Map<Address, Answer>>;
  /** Makes the busy network afresh, with these things hidden in it, and says what they can be called by. */
  stageHidden(things: Hidden[]): Promise<Places>;
  close(): Promise<void>;
}

export async function openTheatre(server: string): Promise<Theatre> {
  const settled = await settleNetwork(server);
  const { stage, routes, places, addresses } = settled;
  await createDatabase(server, 'sight_quiet', 'sight_settled');
  await createDatabase(server, 'sight_busy', 'sight_settled');
  const [quietServer, busyServer] = await Promise.all([
    startBuilt(urlOf(server, 'sight_quiet'), still),
    startBuilt(urlOf(server, 'sight_busy'), still),
  ]);
  const quiet = new Window(quietServer.origin, stage.cast);
  const busy = new Window(busyServer.origin, stage.cast);
  return {
    ...{ routes, places, addresses, quiet, busy },
    // Nothing is hidden in either yet.
    answers: await everyAnswer([quiet, busy], addresses),
    async stageHidden(things) {
      await dropDatabase(server, 'sight_busy');
      await createDatabase(server, 'sight_busy', 'sight_settled');
      const hiddenPlaces = await onDatabase(urlOf(server, 'sight_busy'), (db) => hide(db, stage, things));
      await ready(busyServer.origin);
      return hiddenPlaces;
    },
    async close() {
      await Promise.all([quiet.close(), busy.close(), quietServer.stop(), busyServer.stop()]);
      for (const name of ['quiet', 'busy', 'settled']) await dropDatabase(server, `sight_${name}`);
    },
  };
}

const clock = pathToFileURL(join(import.meta.dirname, 'still-clock.ts')).href;

/** All servers live at one address in the same minute, a little after everything that was written. */
const still = {
  ORIGIN: publicAddress,
  ROLES: 'web',
  NODE_OPTIONS: `--import=${clock}`,
  STILL_CLOCK: String(Date.now() + 60_000),
};

/** Everybody looks at everything once: read marks and the like are then where they stay. */
async function settleNetwork(server: string) {
  await createDatabase(server, 'sight_settled', 'world');
  const url = urlOf(server, 'sight_settled');
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
    await everyAnswer(windows, addresses);
    return { stage, places, routes, addresses };
  } finally {
    await Promise.all(windows.map((window) => window.close()));
    await Promise.all(running.map(({ stop }) => stop()));
  }
}

/** What each viewer reads, each from one of several windows on the same network: together they keep both cores at work. */
async function everyAnswer(
  windows: Window[],
  addresses: Address[],
): Promise<Map<Viewer, Map<Address, Answer>>> {
  const each = viewers.map(
    async (viewer, at) => [viewer, await windows[at % windows.length]!.askAll(viewer, addresses)] as const,
  );
  return new Map(await Promise.all(each));
}

async function onDatabase<T>(url: string, work: (db: Db) => Promise<T>): Promise<T> {
  const { db, close } = openDatabase(url, 4);
  try {
    return await work(db);
  } finally {
    await close();
  }
}
