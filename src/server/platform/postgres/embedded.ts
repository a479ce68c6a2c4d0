/**
 * The database that comes with Essaim. Every process that uses it holds a shared lock inside it, so the last to leave
 * stops it, a killed process leaves nothing to clean up, and two servers never share one data folder.
 */
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { inWords, OperatorError } from '#env';
import { createCluster } from './cluster.ts';
import { addressOf, lastServer, makeSocketFolder, placeIn, type Place } from './place.ts';
import { launch, runningServer, type Launched } from './processes.ts';
import { claim, isPassing, join, leave, type Session } from './session.ts';

export type Embedded = {
  /** The address of the `essaim` database, for `pg` and for `psql`. */
  url: string;
  /** Leaves, and stops the database when nobody else uses it. */
  stop: () => Promise<void>;
};

export type EmbeddedOptions = {
  dataDir: string;
  /** `false` gives up safety for speed: for tests only. */
  durable?: boolean;
  /** Claims the data folder for the one server that may use it, and brings the database back when it dies. */
  server?: boolean;
  /** Called when a server's database died and could not be brought back. */
  onLost?: (reason: unknown) => void;
  /** Ends a start that is under way. */
  signal?: AbortSignal;
};

const patience = 60_000;

/** Starts the embedded database, or joins the one that already runs on this data folder. */
export async function startEmbedded({
  dataDir,
  durable = true,
  server = false,
  onLost,
  signal,
}: EmbeddedOptions): Promise<Embedded> {
  const place = placeIn(dataDir, durable);
  await createCluster(place);
  let stopping = false;
  let session = settle();
  const url = addressOf((await session).folder);

  async function settle(folder?: string): Promise<Session> {
    const joined = await joinOrLaunch(place, server || !durable, folder, signal);
    if (!server) return joined;
    try {
      await claim(joined, place.dataDir);
    } catch (error) {
      if (isPassing(error)) return settle(joined.folder);
      await leave(place, joined);
      throw error;
    }
    joined.client.once('end', () => {
      if (stopping) return;
      session = settle(joined.folder);
      session.catch((reason) => onLost?.(reason));
    });
    return joined;
  }

  return {
    url,
    stop: async () => {
      if (stopping) return;
      stopping = true;
      const last = await session.catch(() => null);
      if (last) await leave(place, last);
    },
  };
}

async function joinOrLaunch(
  place: Place,
  tied: boolean,
  known?: string,
  signal?: AbortSignal,
): Promise<Session> {
  const deadline = Date.now() + patience;
  let folder = known ?? lastServer(place)?.socketFolder ?? '';
  if (!existsSync(folder)) folder = makeSocketFolder(place);
  let launched: Launched | undefined;
  let failures = 0;
  for (;;) {
    if (signal?.aborted) {
      await launched?.end();
      throw signal.reason;
    }
    const session = await join(folder);
    if (session) return session;
    if (Date.now() > deadline) throw unreachable(place);
    if (launched?.exited()) {
      launched = undefined;
      // Once may be a race with another process that starts it too, or sessions of a killed server that still end.
      if (++failures > 3) throw unreachable(place);
    }
    if (!launched && runningServer(place) === null) launched = launch(place, folder, tied);
    else if (!launched) folder = lastServer(place)?.socketFolder || folder;
    await pause(15);
  }
}

function unreachable({ dataDir, log }: Place): OperatorError {
  if (isFull(dataDir))
    return new OperatorError(
      inWords(
        `La base de données ne démarre pas : il n’y a plus de place là où est ${dataDir}. Faites-en, puis relancez : rien n’est perdu.`,
        `The database does not start: no space is left where ${dataDir} is. Make some, then start again: nothing is lost.`,
      ),
    );
  let last = '';
  try {
    last = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-3).join(' ');
  } catch {
    // Nothing was written.
  }
  return new OperatorError(
    inWords(
      `La base de données ne démarre pas. ${last} (Journal : ${log})`,
      `The database does not start. ${last} (Log: ${log})`,
    ),
  );
}

/** A database that starts writes less than this. */
function isFull(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < 2_000_000;
}
