/** Told to stop at any moment of its first start, it stops then: in time, without a word, and leaves nothing behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, expect, test } from 'vitest';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';
import { cleanEnvironment } from '../stages/command.ts';
import { clusters } from '../test-server.ts';
import { freePort } from './victim.ts';

const MIGRATING = '1702065505, 3';
const folder = mkdtempSync(join(clusters, `essaim-test-${process.pid}-`));
const port = await freePort();
const environment = {
  ...cleanEnvironment(),
  ...{ DATA_DIR: folder, PORT: String(port), HOST: '127.0.0.1', LANG: 'C.UTF-8' },
};
let server: ChildProcess | undefined;

afterEach(async () => {
  if (server && server.exitCode === null && server.signalCode === null) await stop('SIGKILL');
});
afterAll(async () => {
  await (await startEmbedded({ dataDir: folder })).stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Begins it, in the same data folder each time. */
function start(): { said: Promise<string>; program: ChildProcess } {
  const program = spawn(process.execPath, ['bin/essaim.ts', 'start'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment,
  });
  server = program;
  return { said: text(program.stderr!), program };
}

/** Its exit code. */
async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<unknown> {
  const over = once(server!, 'exit');
  server!.kill(signal);
  return (await over)[0];
}

/** Its exit code, and what it says. */
async function doctor(): Promise<[unknown, string]> {
  const program = spawn(process.execPath, ['bin/essaim.ts', 'doctor'], { stdio: 'pipe', env: environment });
  const [said, [code]] = await Promise.all([text(program.stdout), once(program, 'exit')]);
  return [code, said];
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    if (server?.exitCode !== null) throw new Error('It ended before that.');
    await pause(2);
  }
}

async function answers(): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

const postmaster = join(folder, 'postgres/postmaster.pid');

test('while the database is made', async () => {
  const { said } = start();
  await until(() => readdirSync(folder).some((name) => name.startsWith('postgres.new-')));
  expect(await stop()).toBe(0);
  expect(await said).toBe('');
  expect(readdirSync(folder).filter((name) => name.startsWith('postgres.new-'))).toEqual([]);
});

test('while the database starts', async () => {
  const { said } = start();
  await until(() => existsSync(postmaster));
  expect(await stop()).toBe(0);
  expect(await said).toBe('');
  expect(existsSync(postmaster)).toBe(false);
});

test('while it waits for another that migrates', async () => {
  const { url, stop: leave } = await startEmbedded({ dataDir: folder });
  const other = new pg.Client(url);
  await other.connect();
  try {
    await other.query(`select pg_advisory_lock(${MIGRATING})`);
    const { said } = start();
    await until(async () => {
      const { rows } = await other.query(
        `select 1 from pg_stat_activity where application_name = 'essaim migrate' and wait_event = 'advisory'`,
      );
      return rows.length > 0;
    });
    expect(await stop()).toBe(0);
    expect(await said).toBe('');
  } finally {
    await other.end();
    await leave();
  }
  expect(existsSync(postmaster)).toBe(false);
});

test('as soon as its port answers', async () => {
  const { said } = start();
  await until(answers);
  expect(await stop()).toBe(0);
  expect(await said).toBe('');
  expect(existsSync(postmaster)).toBe(false);
});

test('as soon as it says that it is ready, and it starts again', async () => {
  for (let round = 0; round < 2; round += 1) {
    const { said, program } = start();
    const [line] = (await once(program.stdout!, 'data')) as [Buffer];
    expect(line.toString()).toContain(String(port));
    expect(await stop()).toBe(0);
    expect(await said).toBe('');
    expect(existsSync(postmaster)).toBe(false);
  }
});

test('the doctor asks the server itself', async () => {
  const { program } = start();
  await once(program.stdout!, 'data');
  expect(await doctor()).toEqual([0, expect.stringContaining('All is well.')]);
  program.kill('SIGSTOP');
  expect(await doctor()).toEqual([1, expect.stringContaining(`restart the server (process ${program.pid})`)]);
  program.kill('SIGCONT');
  await stop();
  expect(await doctor()).toEqual([1, expect.stringContaining('npm start')]);
});
