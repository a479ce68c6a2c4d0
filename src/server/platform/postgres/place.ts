/** Where an embedded database lives, and everything its programs need to know to find it. */
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lchownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inWords, OperatorError } from '#env';
import { databaseAccount, type Account } from './account.ts';
import { postgresFolder } from './binaries.ts';

export type Place = {
  /** The data folder of Essaim. */
  dataDir: string;
  /** The data folder of PostgreSQL, inside it. */
  cluster: string;
  /** Shown in the title of each of its processes, by which they are known again. */
  name: string;
  log: string;
  programs: string;
  account: Account | null;
  durable: boolean;
};

/** A socket's path may have 107 characters, and PostgreSQL adds its own file name to the folder. */
const temporary = '/tmp/essaim-';
const longestFolder = 107 - '/.s.PGSQL.5432'.length;

/** The place of the database of a data folder, which is created when missing. */
export function placeIn(folder: string, durable: boolean): Place {
  // Root keeps it closed to readers but lets the database's account walk through.
  try {
    makeFolder(resolve(folder), process.getuid?.() === 0 ? 0o711 : 0o700);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(folder, error);
  }
  const dataDir = realpathSync(folder);
  const cluster = join(dataDir, 'postgres');
  return {
    dataDir,
    cluster,
    name: `essaim-${createHash('sha256').update(cluster).digest('hex').slice(0, 8)}`,
    log: join(dataDir, 'postgres.log'),
    programs: postgresFolder(),
    account: databaseAccount(cluster),
    durable,
  };
}

/** Level by level: `recursive` never comes to an end where a parent takes nothing, as in /proc. */
function makeFolder(folder: string, mode: number): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another process made it at the same moment.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function unusable(folder: string, reason: unknown): OperatorError {
  const code = (reason as NodeJS.ErrnoException).code ?? String(reason);
  return new OperatorError(
    inWords(
      `Le dossier des données ${folder} n’est pas utilisable (${code}) : donnez-en un autre par DATA_DIR, ou le droit d’y écrire.`,
      `The data folder ${folder} cannot be used (${code}): choose another with DATA_DIR, or allow writing there.`,
    ),
  );
}

/** Gives a path to the account that runs the database. */
export function giveTo(account: Account | null, path: string): void {
  if (account) chownSync(path, account.uid, account.gid);
}

/** A folder copied back by root, or by a careless command, is made the account's own again, and private. */
export function ownCluster({ account, cluster }: Place): void {
  if (account && statSync(cluster).uid !== account.uid) {
    for (const entry of readdirSync(cluster, { recursive: true, encoding: 'utf8' })) {
      lchownSync(join(cluster, entry), account.uid, account.gid);
    }
    giveTo(account, cluster);
  }
  if (statSync(cluster).mode & 0o077) chmodSync(cluster, 0o700);
}

/** What PostgreSQL wrote about the server that runs, or once ran, on this cluster. */
export function lastServer({ cluster }: Place): { pid: number; socketFolder: string } | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    // A copied data folder still names the server of the original, and its socket.
    return { pid: Number(lines[0]), socketFolder: lines[1] === cluster ? (lines[4] ?? '') : '' };
  } catch {
    return null;
  }
}

/** A private folder for the socket: beside the data when the path is short enough, else a new temporary one. */
export function makeSocketFolder({ dataDir, account }: Place): string {
  let folder = join(dataDir, 'socket');
  if (Buffer.byteLength(folder) > longestFolder) folder = mkdtempSync(temporary);
  else mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  giveTo(account, folder);
  return folder;
}

/** Removes a temporary socket folder once its server has stopped. */
export function dropSocketFolder(folder: string): void {
  if (folder.startsWith(temporary)) rmSync(folder, { recursive: true, force: true });
}

/** The address of one of its databases. */
export function addressOf(folder: string, { user = 'essaim', database = 'essaim' } = {}): string {
  return `postgres://${user}@localhost/${database}?host=${encodeURIComponent(folder)}&port=5432`;
}
