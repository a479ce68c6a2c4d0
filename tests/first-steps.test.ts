/** What `npm start` does before anything of Essaim runs, with stand-ins for npm, Vite and the server. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive } from '#server/platform/postgres/processes.ts';

const LOCK = '{"packages":{"node_modules/x":{"version":"1.0.0"}}}';
/** Says its number, and stays. */
const STAYS = `import { writeFileSync } from 'node:fs'; writeFileSync('begun', String(process.pid)); setInterval(() => {}, 1e6);`;

let folder: string;
let programs: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'essaim-first-steps-'));
  programs = [];
  cpSync('scripts', join(folder, 'scripts'), { recursive: true });
  put('package.json', '{"type":"module"}');
  put('package-lock.json', LOCK);
  put('bin/essaim.ts', `console.log('served');`);
});

afterEach(async () => {
  for (const program of programs)
    if (program.exitCode === null && program.signalCode === null) await end(program, 'SIGKILL');
  if (existsSync(join(folder, 'begun')) && isAlive(stepNumber())) process.kill(stepNumber(), 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function put(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

function start(): { program: ChildProcess; output: Promise<string> } {
  const program = spawn(process.execPath, [join(folder, 'scripts/start.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      LANG: 'fr_FR.UTF-8',
      npm_execpath: join(folder, 'npm.js'),
      npm_node_execpath: process.execPath,
    },
  });
  programs.push(program);
  const both = Promise.all([text(program.stdout!), text(program.stderr!)]);
  return { program, output: both.then((parts) => parts.join('')) };
}

async function begun(): Promise<number> {
  while (!existsSync(join(folder, 'begun')) || stepNumber() === 0) await pause(5);
  return stepNumber();
}

function stepNumber(): number {
  return Number(readFileSync(join(folder, 'begun'), 'utf8'));
}

async function end(program: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  const over = once(program, 'exit');
  program.kill(signal);
  return (await over)[0];
}

test.each([
  ['the packages are installed', 'npm.js', 'Installation des paquets…\n'],
  ['the application is built', 'node_modules/vite/bin/vite.js', 'Construction de l’application…\n'],
])('told to stop while %s, it ends that too, without a word', async (_, step, said) => {
  if (step !== 'npm.js') put('node_modules/.package-lock.json', LOCK);
  put(step, STAYS);
  const { program, output } = start();
  const number = await begun();
  expect(await end(program, 'SIGTERM')).toBe(143);
  expect(isAlive(number)).toBe(false);
  expect(await output).toBe(said);
  expect(existsSync(join(folder, '.svelte-kit/building'))).toBe(false);
});

test('killed in the middle of a build, the next start waits for what goes on, and builds', async () => {
  put('node_modules/.package-lock.json', LOCK);
  put('node_modules/vite/bin/vite.js', STAYS);
  const killed = start();
  const number = await begun();
  await end(killed.program, 'SIGKILL');
  expect(isAlive(number)).toBe(true);
  put('node_modules/vite/bin/vite.js', `import { mkdirSync } from 'node:fs'; mkdirSync('build');`);
  const next = start();
  await once(next.program.stdout!, 'data');
  process.kill(number, 'SIGTERM');
  expect(await next.output).toBe(
    'Une construction est en cours : on l’attend…\nConstruction de l’application…\nserved\n',
  );
});
