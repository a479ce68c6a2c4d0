/** Making an empty database: prepared aside, then moved into place whole, so that a crash leaves nothing half done. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { inWords, OperatorError } from '#env';
import { programCommand, programEnvironment } from './command.ts';
import { giveTo, ownCluster, type Place } from './place.ts';
import { isAlive } from './processes.ts';

const major = '18';

/** Creates the cluster with the role and the database of Essaim; one that is there is made ready. */
export async function createCluster(place: Place): Promise<void> {
  clearAbandoned(place);
  if (existsSync(place.cluster)) {
    refuseOtherVersion(place);
    return ownCluster(place);
  }
  const draft = `${place.cluster}.new-${process.pid}`;
  mkdirSync(draft, { mode: 0o700 });
  giveTo(place.account, draft);
  await run(place, draft, 'initdb', [
    ...['-D', draft, '-U', 'postgres', '--encoding=UTF8', '--auth=trust', '--no-instructions'],
    // The built-in collation does not change with the machine's C library; its character classes still serve search.
    ...['--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...(place.durable ? [] : ['--no-sync']),
  ]);
  // The application's role owns its database and is no superuser.
  await run(
    place,
    draft,
    'postgres',
    ['--single', '-D', draft, ...(place.durable ? [] : ['-c', 'fsync=off']), 'postgres'],
    'create role essaim login createdb;\ncreate database essaim owner essaim;\n',
  );
  moveIntoPlace(place, draft);
}

/** Out of reach of a terminal's Ctrl-C: it takes a moment, and is whole then. */
async function run(place: Place, cwd: string, program: string, args: string[], input = ''): Promise<void> {
  const [command, rest] = programCommand(place, program, args);
  const child = spawn(command, rest, {
    ...{ cwd, env: programEnvironment, detached: true },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  // What it could not read it says itself.
  child.stdin.on('error', () => undefined).end(input);
  const told = text(child.stderr);
  const failure = await once(child, 'close').then(
    async ([code]) => (code === 0 ? null : await told),
    (error: Error) => error.message,
  );
  if (failure === null) return;
  const reason = failure.trim().split('\n').slice(-4).join(' ');
  throw new OperatorError(
    inWords(
      `La base de données n’a pas pu être créée : ${reason}`,
      `The database could not be created: ${reason}`,
    ),
  );
}

function moveIntoPlace({ cluster, dataDir, durable }: Place, draft: string): void {
  try {
    renameSync(draft, cluster);
  } catch (error) {
    // Another process made one at the same moment: its own is as good.
    if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
  if (!durable) return;
  const folder = openSync(dataDir, 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Removes what a killed process was preparing. */
function clearAbandoned({ cluster, dataDir }: Place): void {
  for (const name of readdirSync(dataDir)) {
    const pid = /^postgres\.new-(\d+)$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(`${cluster}.new-${pid}`, { recursive: true, force: true });
  }
}

function refuseOtherVersion({ cluster }: Place): void {
  let version = '';
  try {
    version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  } catch {
    // Reported below as what it is: not a database.
  }
  if (version === major) return;
  throw new OperatorError(
    version
      ? inWords(
          `${cluster} vient de PostgreSQL ${version} ; cette version d’Essaim attend PostgreSQL ${major}.`,
          `${cluster} comes from PostgreSQL ${version}; this version of Essaim expects PostgreSQL ${major}.`,
        )
      : inWords(
          `${cluster} n’est pas une base PostgreSQL : déplacez ce dossier, puis recommencez.`,
          `${cluster} is not a PostgreSQL database: move this folder away, then try again.`,
        ),
  );
}
