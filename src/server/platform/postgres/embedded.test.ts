import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clusters } from '../../../../tests/test-server.ts';
import { startEmbedded, type Embedded } from './embedded.ts';
import { isAlive } from './processes.ts';

/** Named so that the next to start a server of tests sweeps away what a killed one leaves. */
const ours = join(clusters, `essaim-test-${process.pid}-`);
/** A stopped database to copy, since making one takes a second. */
const made = mkdtempSync(ours);
let folder: string;
let open: Embedded[];
let programs: ChildProcess[];

beforeAll(async () => {
  await (await startEmbedded({ dataDir: made, durable: false })).stop();
});

afterAll(() => rmSync(made, { recursive: true, force: true }));

beforeEach(() => {
  // 0700: no other account can walk into it, as in /root.
  folder = mkdtempSync(ours);
  open = [];
  programs = [];
});

afterEach(async () => {
  for (const embedded of open) await embedded.stop();
  for (const program of programs)
    if (program.exitCode === null && program.signalCode === null) await kill(program);
  // A killed program may have left its database running: join it, so as to stop it.
  while (existsSync(join(folder, 'postgres/postmaster.pid'))) await (await start()).stop();
  rmSync(folder, { recursive: true, force: true });
});

function copyMade(): void {
  cpSync(join(made, 'postgres'), join(folder, 'postgres'), { recursive: true });
}

async function start(options: Partial<Parameters<typeof startEmbedded>[0]> = {}): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir: folder, durable: false, ...options });
  open.push(embedded);
  return embedded;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}

/** Another process in the same folder, once it is in. */
async function stay(...how: string[]): Promise<ChildProcess> {
  const program = begin(...how);
  await once(program.stdout!, 'data');
  return program;
}

function begin(...how: string[]): ChildProcess {
  const program = spawn(process.execPath, ['tests/durability/stay.ts', folder, ...how], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  programs.push(program);
  return program;
}

async function kill(program: ChildProcess): Promise<void> {
  const gone = once(program, 'exit');
  program.kill('SIGKILL');
  await gone;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(5);
}

/** It answers nobody any more. The system may bury its process a moment later: its memory goes before its number. */
async function stopped(url: string, server: number): Promise<void> {
  await expect(ask(url, 'select 1 as one')).rejects.toThrow();
  await until(() => !isAlive(server));
}

function serverNumber(dataDir = folder): number {
  return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

describe('the embedded database', () => {
  test('starts in a folder closed to everybody else, and stops', async () => {
    const embedded = await start({ durable: true });
    const facts = await ask(
      embedded.url,
      `select current_user, rolsuper, current_setting('fsync') as fsync, current_setting('listen_addresses') as tcp,
              current_setting('server_encoding') as encoding, upper('éléphant') as upper
         from pg_roles where rolname = current_user`,
    );
    expect(facts).toEqual({
      current_user: 'essaim',
      rolsuper: false,
      fsync: 'on',
      tcp: '',
      encoding: 'UTF8',
      upper: 'ÉLÉPHANT',
    });
    const server = serverNumber();
    await embedded.stop();
    await stopped(embedded.url, server);
  });

  test('starts where the path is too long for a socket, and leaves no temporary folder', async () => {
    const dataDir = join(folder, 'x'.repeat(100), 'data');
    const embedded = await start({ dataDir });
    expect(await ask(embedded.url, 'select 1 as one')).toEqual({ one: 1 });
    const socket = new URL(embedded.url).searchParams.get('host')!;
    expect(existsSync(socket)).toBe(true);
    await embedded.stop();
    expect(existsSync(socket)).toBe(false);
  });

  test('serves several processes, and the last to leave stops it', async () => {
    copyMade();
    const first = await start();
    const second = await stay('fast');
    await first.stop();
    expect(isAlive(serverNumber())).toBe(true);
    const server = serverNumber();
    second.stdin!.end();
    await once(second, 'exit');
    await stopped(first.url, server);
  });

  test('may be started by several processes at the same moment', async () => {
    const all = await Promise.all([stay(), stay(), stay('server')]);
    expect(all.every(({ exitCode }) => exitCode === null)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('postgres.new'))).toEqual([]);
  });

  test('does not take the copy of a folder for its original', async () => {
    copyMade();
    const original = await start();
    await ask(original.url, 'create table only_here (id int)');
    const copy = join(folder, 'copy');
    mkdirSync(copy);
    cpSync(join(folder, 'postgres'), join(copy, 'postgres'), { recursive: true, preserveTimestamps: true });
    const other = await start({ dataDir: copy });
    expect(serverNumber(copy)).not.toBe(serverNumber());
    await other.stop();
    expect(await ask(original.url, 'select count(*)::int as rows from only_here')).toEqual({ rows: 0 });
  });
});

describe('one server per data folder', () => {
  test('a second one is refused, naming the first', async () => {
    copyMade();
    const server = await stay('server', 'fast');
    await expect(start({ server: true })).rejects.toThrow(String(server.pid));
    expect(await ask((await start()).url, 'select 1 as one')).toEqual({ one: 1 });
  });

  test('a killed one leaves its place, and takes its database with it', async () => {
    copyMade();
    const server = await stay('server');
    const database = serverNumber();
    await kill(server);
    await until(() => !isAlive(database));
    const next = await start({ server: true });
    expect(await ask(next.url, 'select 1 as one')).toEqual({ one: 1 });
  });

  test('brings its killed database back at the same address', async () => {
    copyMade();
    const server = await start({ server: true, durable: true });
    await ask(server.url, 'create table kept as select 1 as one');
    const database = serverNumber();
    process.kill(database, 'SIGKILL');
    await until(() => existsSync(join(folder, 'postgres/postmaster.pid')) && serverNumber() !== database);
    let answer;
    while (!answer)
      answer = await ask(server.url, 'select one from kept').catch(() => pause(5).then(() => undefined));
    expect(answer).toEqual({ one: 1 });
  });
});

describe('what a killed process leaves', () => {
  test('its running database is joined', async () => {
    copyMade();
    await kill(await stay());
    const orphan = serverNumber();
    expect(isAlive(orphan)).toBe(true);
    const embedded = await start({ durable: true });
    expect(serverNumber()).toBe(orphan);
    // The server has to notice that the killed process is gone; until then we are not the last to leave.
    const here = `select count(*)::int as here from pg_locks where locktype = 'advisory' and granted`;
    await expect.poll(() => ask(embedded.url, here)).toEqual({ here: 1 });
    await embedded.stop();
    await stopped(embedded.url, orphan);
  });

  test('a killed database starts again, even while one of its sessions is still at work', async () => {
    copyMade();
    const first = await start({ durable: true });
    const client = new pg.Client(first.url);
    client.on('error', () => {});
    await client.connect();
    // A session in a computation does not notice that its server died.
    const work = client.query(`select count(*) from generate_series(1, 1e9)`).catch((error: Error) => error);
    process.kill(serverNumber(), 'SIGKILL');
    const again = await start({ durable: true });
    expect(await ask(again.url, 'select 1 as one')).toEqual({ one: 1 });
    expect(await work).toBeInstanceOf(Error);
  });

  test.each(['another program', 'the unburied server'])(
    'its number, which is now that of %s, is not believed',
    async (whose) => {
      copyMade();
      const first = await start();
      const file = join(folder, 'postgres/postmaster.pid');
      const left = readFileSync(file, 'utf8');
      await first.stop();
      // Of the database's own account: PostgreSQL looks no further than that.
      const { uid, gid } = statSync(join(folder, 'postgres'));
      const program = spawn('sh', ['-c', 'true & echo $!; exec sleep 1000'], {
        uid,
        gid,
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      programs.push(program);
      const [dead] = await once(program.stdout!, 'data');
      writeFileSync(
        file,
        left.replace(/^\d+/, whose === 'another program' ? String(program.pid) : String(dead).trim()),
      );
      const again = await start();
      expect(await ask(again.url, 'select 1 as one')).toEqual({ one: 1 });
    },
  );

  test('a database half made is made anew', async () => {
    const program = begin();
    await until(() => readdirSync(folder).some((name) => name.startsWith('postgres.new-')));
    await kill(program);
    const embedded = await start();
    expect(await ask(embedded.url, 'select 1 as one')).toEqual({ one: 1 });
    expect(readdirSync(folder).filter((name) => name.startsWith('postgres.new'))).toEqual([]);
  });

  test('a folder that is no database is told, and left alone', async () => {
    mkdirSync(join(folder, 'postgres'));
    await expect(startEmbedded({ dataDir: folder })).rejects.toThrow(/PostgreSQL/);
    rmSync(join(folder, 'postgres'), { recursive: true });
  });
});
