/** The server under test, as a process one may kill, with the database below it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** The commands of the two servers: the real one, and the bare database behind the same two requests. */
export const programs = {
  essaim: { command: ['bin/essaim.ts', 'start'], table: 'entries' },
  plain: { command: ['tests/durability/plain-server.ts'], table: 'posts' },
};
export type Program = keyof typeof programs;

export class Victim {
  readonly dataDir: string;
  readonly address: string;
  readonly #command: string[];
  readonly #port: number;
  #process: ChildProcess | undefined;

  constructor(program: Program, dataDir: string, port: number) {
    this.#command = programs[program].command;
    this.#port = port;
    this.dataDir = dataDir;
    this.address = `http://127.0.0.1:${port}`;
  }

  start(): void {
    const { DATABASE_URL: _, ...env } = process.env;
    const output = openSync(join(this.dataDir, 'output.log'), 'a');
    this.#process = spawn(process.execPath, this.#command, {
      env: { ...env, PORT: String(this.#port), DATA_DIR: this.dataDir, RATE_LIMIT: '0', ORIGIN: '' },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
  }

  get runs(): boolean {
    return (
      this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null
    );
  }

  /** Ends the server, and answers with its exit code once it is gone; `null` when it was killed. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const process = this.#process;
    if (!process || !this.runs) return process?.exitCode ?? null;
    const gone = once(process, 'exit');
    process.kill(signal);
    await gone;
    return process.exitCode;
  }

  killDatabase(): void {
    try {
      const pid = Number(readFileSync(join(this.dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
      if (pid > 1) process.kill(pid, 'SIGKILL');
    } catch {
      // It is down already.
    }
  }

  output(): string {
    return readFileSync(join(this.dataDir, 'output.log'), 'utf8').split('\n').slice(-20).join('\n');
  }
}

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
