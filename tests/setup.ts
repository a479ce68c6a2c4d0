/** One PostgreSQL for the whole run, with two templates that test files clone: `empty`, and `world`, the small world. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '#server/platform/db.ts';
import { migrate } from '#server/platform/migrate.ts';
import { startEmbedded } from '#server/platform/postgres/embedded.ts';
import { administer, urlOf } from './postgres.ts';
import { fillWorld } from './world.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  project.provide('postgres', server.url);
  return server.stop;
}

/** Starts the server and makes the templates. Whoever is killed leaves a folder, which the next run sweeps away. */
export async function startTestServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  sweepAbandoned();
  const dataDir = mkdtempSync(join(tmpdir(), `essaim-test-${process.pid}-`));
  const server = await startEmbedded({ dataDir, durable: false });
  try {
    await makeTemplates(server.url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: server.url, stop };

  async function stop(): Promise<void> {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function makeTemplates(url: string): Promise<void> {
  await administer(url, 'create database empty');
  await migrate(urlOf(url, 'empty'));
  await administer(url, 'create database world template empty strategy file_copy');
  const { db, close } = openDatabase(urlOf(url, 'world'), 2);
  try {
    await fillWorld(db);
  } finally {
    await close();
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
