import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  ok: boolean;
  output: string;
}

const running = new Set<ChildProcess>();

/** Runs a command to its end, or to the end of its time. Its output is kept, and is shown only if it fails. */
export function run(
  command: string,
  args: string[],
  { minutes = 20, env = cleanEnvironment() }: { minutes?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env });
    running.add(child);
    const pieces: Buffer[] = [];
    const timer = setTimeout(() => {
      pieces.push(Buffer.from(`\nstopped after ${minutes} minutes\n`));
      end(child);
    }, minutes * 60_000);
    const finish = (ok: boolean) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ ok, output: Buffer.concat(pieces).toString() });
    };
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.stderr.on('data', (piece: Buffer) => pieces.push(piece));
    child.on('error', (error) => {
      pieces.push(Buffer.from(`${command}: ${error.message}\n`));
      finish(false);
    });
    child.on('close', (code) => finish(code === 0));
  });
}

/** Runs a program of a package with the Node that runs us. */
export function runNode(script: string, args: string[], options?: Parameters<typeof run>[2]): Promise<Ended> {
  return run(process.execPath, [script, ...args], options);
}

/** Ends whatever still runs, with all that it started. */
export function endAll(): void {
  for (const child of running) end(child);
}

function end({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

/** The environment without anything that would lead a test to somebody's own network. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours =
    /^(PORT|HOST|ORIGIN|DATA_DIR|DATABASE_URL|SMTP_URL|MAIL_FROM|ROLES|LOG_LEVEL|FETCH_ALLOW|LIKENESS_.*|ESSAIM_.*|PG.*)$/;
  return {
    // What is loaded again and again is compiled once.
    NODE_COMPILE_CACHE: join('node_modules', '.cache', 'compiled'),
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))),
  };
}
