/** A PostgreSQL of one's own in a temporary folder, quick rather than safe. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';

export interface TestServer {
  /** The address of its first database; `urlOf` gives those of others. */
  url: string;
  /** Stops it and removes its folder. */
  stop: () => Promise<void>;
}

/** What copies of a database take at most while all the tests run, several times over. */
const room = 4 * 2 ** 30;

/** Memory where there is plenty: a database is copied there in 40 ms, on a disk in up to 450. */
function quickFolder(): string {
  const memory = '/dev/shm';
  if (!existsSync(memory) || freemem() < 2 * room) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize >= room ? memory : tmpdir();
}

/** Where clusters of tests lie. */
export const clusters = quickFolder();

/** Starts one. Whoever is killed leaves a folder behind, which the next one sweeps away. */
export async function startTestServer(): Promise<TestServer> {
  sweepAbandoned();
  const dataDir = mkdtempSync(join(clusters, `essaim-test-${process.pid}-`));
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const server = await startEmbedded({ dataDir, durable: false });
    return { url: server.url, stop: () => server.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

function sweepAbandoned(): void {
  for (const name of readdirSync(clusters)) {
    const pid = Number(/^essaim-test-(\d+)-/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(clusters, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
