/** A process's stay in the embedded database: one session whose locks say who uses it, and vanish with a killed process. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { inWords, OperatorError } from '#env';
import { addressOf, dropSocketFolder, lastServer, type Place } from './place.ts';
import { isServerOf } from './processes.ts';

export type Session = { client: pg.Client; folder: string };

const inUse = '1702065505, 1';
const oneServer = '1702065505, 2';
const lockNotAvailable = '55P03';

/** Joins the server that answers, or tells that none does (yet, or any more). */
export async function join(folder: string): Promise<Session | null> {
  const client = new pg.Client({
    // Not the application's own database: that one can then still be cloned or replaced.
    connectionString: addressOf(folder, { database: 'postgres' }),
    application_name: `essaim ${process.pid}`,
    connectionTimeoutMillis: 5_000,
    ssl: false,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(`select pg_advisory_lock_shared(${inUse})`);
    return { client, folder };
  } catch (error) {
    await client.end().catch(() => {});
    if (isPassing(error)) return null;
    throw error;
  }
}

/** Takes the one place for a server on this data folder. One that is just leaving is waited for. */
export async function claim({ client }: Session, dataDir: string): Promise<void> {
  try {
    await client.query(`set lock_timeout = '3s'`);
    await client.query(`select pg_advisory_lock(${oneServer})`);
    await client.query(`set application_name = 'essaim server ${process.pid}'`);
    return;
  } catch (error) {
    if ((error as pg.DatabaseError).code !== lockNotAvailable) throw error;
  }
  const other = await client.query(
    `select substring(application_name from '\\d+') as pid from pg_stat_activity where application_name like 'essaim server %'`,
  );
  const pid = other.rows[0]?.pid ?? '?';
  throw new OperatorError(
    inWords(
      `Essaim tourne déjà sur ${dataDir} (processus ${pid}) : arrêtez-le d’abord.`,
      `Essaim is already running on ${dataDir} (process ${pid}): stop it first.`,
    ),
  );
}

/** Leaves, and stops the server unless somebody else still uses it. */
export async function leave(place: Place, { client, folder }: Session): Promise<void> {
  const pid = lastServer(place)?.pid;
  let last: boolean;
  try {
    await client.query(`select pg_advisory_unlock_shared(${inUse})`);
    const { rows } = await client.query(`select pg_try_advisory_lock(${inUse}) as last`);
    last = rows[0].last;
  } catch {
    // The server went before us.
    return;
  }
  // Who arrives now waits for our lock until the server is down, and then starts it again.
  if (last && pid) {
    await shutDown(place, pid);
    dropSocketFolder(folder);
  }
  await client.end().catch(() => {});
}

async function shutDown(place: Place, pid: number): Promise<void> {
  if (!isServerOf(place, pid)) return;
  process.kill(pid, place.durable ? 'SIGINT' : 'SIGQUIT');
  const deadline = Date.now() + 20_000;
  while (isServerOf(place, pid)) {
    if (Date.now() > deadline) process.kill(pid, 'SIGQUIT');
    await pause(10);
  }
}

/** Errors of a server that is starting, stopping, crashing or absent, as opposed to one that refuses us. */
export function isPassing(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return (
    ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03'].includes(code) ||
    /terminated|timeout/i.test(message)
  );
}
