/**
 * The processes of an embedded database, known by their command lines: any account may read those, whereas the kernel
 * hides the working folder of another account's process from a root without the right to trace.
 */
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { programCommand, programEnvironment } from './command.ts';
import { lastServer, type Place } from './place.ts';

/** Whether a process has this number now; one that ended and is not yet buried does not count. */
export function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The server process that runs on this cluster, or `null`. A number reused by another program is not taken for it. */
export function runningServer(place: Place): number | null {
  const pid = lastServer(place)?.pid;
  return pid && isServerOf(place, pid) ? pid : null;
}

/** Whether that process is the server of this cluster. */
export function isServerOf({ cluster }: Place, pid: number): boolean {
  const [program = '', ...args] = commandLine(pid);
  return program.endsWith('/postgres') && args[args.indexOf('-D') + 1] === cluster;
}

/** A server that was started, and may not answer yet. */
export interface Launched {
  exited: () => boolean;
  /** Stops it, and waits until it is gone. */
  end: () => Promise<void>;
}

/** Starts the server. It outlives a terminal's Ctrl-C, and when `tied`, ends with the process that started it. */
export function launch(place: Place, folder: string, tied: boolean): Launched {
  forgetNumbers(place, folder);
  endLeftovers(place);
  const [command, args] = programCommand(place, 'postgres', serverArguments(place, folder), tied);
  const log = openLog(place.log);
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: programEnvironment,
    cwd: '/',
  });
  closeSync(log);
  child.unref();
  let over = false;
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const ended = () => resolve(void (over = true));
  child.once('exit', ended).once('error', ended);
  const end = () => {
    child.ref();
    child.kill('SIGINT');
    return gone;
  };
  return { exited: () => over, end };
}

/** An eighth of the machine's memory, 128 MB to 1 GB: the rest is the system's file cache, and other programs'. */
function sharedBuffers(): string {
  const megabytes = Math.round(totalmem() / 8 / 1024 ** 2);
  return `${Math.min(1024, Math.max(128, megabytes))}MB`;
}

/** The arguments of the server: its settings. */
function serverArguments({ cluster, name, durable }: Place, folder: string): string[] {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    unix_socket_permissions: '0700',
    cluster_name: name,
    max_connections: durable ? 100 : 200,
    shared_buffers: sharedBuffers(),
    effective_cache_size: '1GB',
    maintenance_work_mem: '64MB',
    random_page_cost: 1.1,
    jit: 'off',
    max_wal_size: '1GB',
    // "replica" rather than "minimal": an online backup needs it, and nothing else costs.
    wal_level: 'replica',
    max_wal_senders: 0,
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    timezone: 'UTC',
    // The application tells its own errors; here only the life of the server.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
    log_timezone: 'UTC',
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  return ['-D', cluster, ...options];
}

/**
 * PostgreSQL takes any process with the number it left behind for a server, and refuses to start: another program that
 * has the number now, or the killed server itself, where nobody buries the dead (a container without an init).
 */
function forgetNumbers(place: Place, folder: string): void {
  for (const file of [join(place.cluster, 'postmaster.pid'), join(folder, '.s.PGSQL.5432.lock')]) {
    const pid = numberIn(file);
    if (pid && existsSync(`/proc/${pid}`) && !isServerOf(place, pid)) rmSync(file, { force: true });
  }
}

function numberIn(file: string): number {
  try {
    return parseInt(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}

/** A killed server's sessions may still be at work, and would keep the next server from starting. */
function endLeftovers({ name }: Place): void {
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!pid || !commandLine(pid)[0]?.startsWith(`postgres: ${name}: `)) continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }
}

function commandLine(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function openLog(path: string): number {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 5_000_000) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}
