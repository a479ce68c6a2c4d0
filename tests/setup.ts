/** One PostgreSQL for the whole run, with two templates that test files clone: `empty`, and `world`, the small world. */
import type { TestProject } from 'vitest/node';
import { openDatabase } from '#server/platform/db.ts';
import { migrate } from '#server/platform/migrate.ts';
import { createDatabase, urlOf } from './postgres.ts';
import { startTestServer } from './test-server.ts';
import { fillWorld } from './world.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  try {
    await makeTemplates(server.url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('postgres', server.url);
  return server.stop;
}

async function makeTemplates(url: string): Promise<void> {
  await createDatabase(url, 'empty');
  await migrate(urlOf(url, 'empty'));
  await createDatabase(url, 'world', 'empty');
  const { db, close } = openDatabase(urlOf(url, 'world'), 2);
  try {
    await fillWorld(db);
  } finally {
    await close();
  }
}
