/** Kills the server, its database, or both, over and over under writers; then counts what was lost and what doubled. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openDatabase } from '#server/platform/db.ts';
import { migrate } from '#server/platform/migrate.ts';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';
import { createPerson } from '#server/people/create.ts';
import { createToken } from '#server/people/tokens.ts';
import { freePort, programs, Victim, type Program } from './victim.ts';
import { Writers } from './writers.ts';

export interface Outcome {
  acknowledged: number;
  repeated: number;
  lost: string[];
  doubled: string[];
  wrong: string[];
  /** From each blow to the next acknowledged write, in milliseconds. */
  recoveries: number[];
}

const blows = ['server', 'database', 'server, then database', 'database, then server', 'polite'] as const;

/** Runs that many rounds. The same seed deals the same blows. */
export async function trial(options: {
  program: Program;
  rounds: number;
  seed: number;
  tell?: (line: string) => void;
}): Promise<Outcome> {
  const { program, rounds, seed, tell = () => {} } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'essaim-durability-'));
  const victim = new Victim(program, dataDir, await freePort());
  const writers = new Writers(victim.address, program === 'essaim' ? await makeAuthor(dataDir) : '');
  const random = dice(seed);
  const recoveries: number[] = [];
  try {
    victim.start();
    writers.start(4);
    await recovered(victim, writers);
    for (let round = 1; round <= rounds; round++) {
      await writers.reach(writers.ledger.length + 1 + Math.floor(random() * 40));
      await pause(random() * 30);
      const blow = blows[Math.floor(random() * blows.length)]!;
      const since = performance.now();
      await strike(victim, blow);
      if (!victim.runs) victim.start();
      await recovered(victim, writers);
      recoveries.push(performance.now() - since);
      tell(`${round}/${rounds} ${blow}: ${Math.round(recoveries.at(-1)!)} ms`);
    }
    await readBack(writers, random);
    await writers.stop();
    await victim.end('SIGTERM');
    const { lost, doubled } = await audit(dataDir, programs[program].table, writers);
    const { ledger, repeated, wrong } = writers;
    return { acknowledged: ledger.length, repeated, lost, doubled, wrong, recoveries };
  } finally {
    await victim.end('SIGKILL');
    await (await startEmbedded({ dataDir })).stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The first write acknowledged from now on; a server that ends by itself meanwhile is a failure of its own. */
async function recovered(victim: Victim, writers: Writers): Promise<void> {
  const enough = new AbortController();
  const { signal } = enough;
  const deadline = pause(60_000, 'late', { signal }).catch(() => '');
  const death = (async () => {
    while (victim.runs && !signal.aborted) await pause(50);
    return signal.aborted ? '' : 'dead';
  })();
  // Writes that were under way before the blow may still come in: those of every writer are waited for.
  const failure = await Promise.race([writers.reach(writers.ledger.length + 5), deadline, death]);
  enough.abort();
  if (failure) throw new Error(`The server did not come back (${failure}):\n${victim.output()}`);
}

async function strike(victim: Victim, blow: (typeof blows)[number]): Promise<void> {
  if (blow === 'polite') {
    const code = await victim.end('SIGTERM');
    if (code !== 0) throw new Error(`A polite end gave ${code}:\n${victim.output()}`);
    return;
  }
  if (blow.startsWith('database')) victim.killDatabase();
  if (blow.includes('server')) await victim.end('SIGKILL');
  if (blow.endsWith('database')) victim.killDatabase();
}

/** What was acknowledged is read through the server as well, not only counted below it. */
async function readBack(writers: Writers, random: () => number): Promise<void> {
  for (let read = 0; read < 50; read++) {
    const { id, body } = writers.ledger[Math.floor(random() * writers.ledger.length)]!;
    const found = await writers.read(id);
    if (found !== body) writers.wrong.push(`${id}: reads ${found}`);
  }
}

async function audit(
  dataDir: string,
  table: string,
  { ledger }: Writers,
): Promise<{ lost: string[]; doubled: string[] }> {
  const { url, stop } = await startEmbedded({ dataDir });
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query<{ id: string; body: string }>(
    `select id, body from ${table} where body like 'durability %'`,
  );
  await client.end();
  await stop();
  const kept = new Set(rows.map(({ id, body }) => `${id} ${body}`));
  const seen = new Set<string>();
  const doubled = rows.filter(({ body }) => seen.size === seen.add(body).size).map(({ body }) => body);
  return {
    lost: ledger.filter(({ id, body }) => !kept.has(`${id} ${body}`)).map(({ body }) => body),
    doubled,
  };
}

/** An author with a token, made while no server runs. */
async function makeAuthor(dataDir: string): Promise<string> {
  const { url, stop } = await startEmbedded({ dataDir });
  await migrate(url);
  const { db, close } = openDatabase(url, 1);
  try {
    return await db.transaction().execute(async (tx) => {
      const { id, handle } = await createPerson(tx, { name: 'Claire Morvan', email: 'claire@example.com' });
      const actor = {
        id,
        handle,
        name: 'Claire Morvan',
        role: 'member',
        language: 'fr',
        timeZone: 'UTC',
      } as const;
      return (await createToken(tx, { ...actor, scopes: ['read', 'write'] }, { name: 'durability' })).token;
    });
  } finally {
    await close();
    await stop();
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
