/** A PostgreSQL of one's own in a temporary folder, quick rather than safe. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';

export interface TestServer {
  /** The address of its first database; `urlOf` gives those of others. */
  url: string;
  /** Stops it and removes its folder. */
  stop: () => Promise<void>;
}

/** Starts one. Whoever is killed leaves a folder behind, which the next one sweeps away. */
export async function startTestServer(): Promise<TestServer> {
  sweepAbandoned();
  const dataDir = mkdtempSync(join(tmpdir(), `essaim-test-${process.pid}-`));
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
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(/^essaim-test-(\d+)-/.exec(name)?.[1]);
    if (pid && !isAlive(pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true });
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
