/** The server as people run it: built, started by the command line, on a database of the test's own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { env as ownData } from '#env';
import { cleanEnvironment } from './stages/command.ts';

export interface BuiltServer {
  origin: string;
  /** Everything it wrote. */
  output: () => string;
  stop: () => Promise<void>;
}

/** Starts it and waits until it is ready. Without a limit on requests, and deaf to the machine's own settings. */
export async function startBuilt(database: string, env: Record<string, string> = {}): Promise<BuiltServer> {
  if (!existsSync('build/handler.js')) throw new Error('There is no build: npm run build first.');
  const dataDir = mkdtempSync(join(tmpdir(), 'essaim-built-'));
  // What a test brings in its own process is there for the server too.
  const files = join(ownData.DATA_DIR, 'files');
  mkdirSync(files, { recursive: true });
  symlinkSync(files, join(dataDir, 'files'));
  const port = await freePort();
  const child = spawn(process.execPath, ['bin/essaim.ts', 'start'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...cleanEnvironment(),
      DATABASE_URL: database,
      DATA_DIR: dataDir,
      PORT: String(port),
      HOST: '127.0.0.1',
      RATE_LIMIT: '0',
      LOG_LEVEL: 'warn',
      ...env,
    },
  });
  let written = '';
  child.stdout.on('data', (piece: Buffer) => (written += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (written += piece.toString()));
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  const stop = async () => {
    process.off('exit', killed);
    await end(child);
    rmSync(dataDir, { recursive: true, force: true });
  };
  const server = { origin: `http://127.0.0.1:${port}`, output: () => written, stop };
  try {
    await ready(server.origin, () => child.exitCode !== null || child.signalCode !== null);
    return server;
  } catch (error) {
    await stop();
    throw new Error(`The built server does not start: ${written}`, { cause: error });
  }
}

/** Waits until the server answers that its database does. */
export async function ready(origin: string, isOver = () => false): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && !isOver()) {
    const answer = await fetch(`${origin}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(25);
  }
  throw new Error(`${origin} is not ready`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await over;
  clearTimeout(patience);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
