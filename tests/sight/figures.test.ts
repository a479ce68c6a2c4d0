/** What is told of the process tells nothing of what people do, and only to those who run the machine. */
import { expect, test, afterAll } from 'vitest';
import { startBuilt } from '../built-server.ts';
import { credentialsOf } from '../credentials.ts';
import { testDatabase } from '../database.ts';

const { db, url } = await testDatabase();
const { cookie, authorization } = await credentialsOf(db, 'helene.dargent');
const server = await startBuilt(url);
afterAll(server.stop);

test('figures name routes by their pattern, and nobody and nothing', async () => {
  const { id } = await db
    .selectFrom('entries')
    .select('id')
    .where('listed', '=', true)
    .executeTakeFirstOrThrow();
  for (const path of [
    `/posts/${id}`,
    '/people/claire.martin',
    '/communities/face-a-norvalt',
    '/search?q=prix',
  ]) {
    await fetch(`${server.origin}${path}`, { headers: { cookie } });
    await fetch(`${server.origin}/api/v1${path}`, { headers: { authorization } });
  }
  const figures = await (await fetch(`${server.origin}/metrics`)).text();
  const names = figures.split('\n').filter((line) => line && !line.startsWith('#'));
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((line) => !/^(http_|process_|nodejs_|database_)/.test(line))).toEqual([]);
  for (const told of [id, 'claire', 'norvalt', 'prix']) expect(figures).not.toContain(told);
});

test('whether it lives and is ready is one word', async () => {
  for (const path of ['/healthz', '/readyz']) {
    const answer = await fetch(server.origin + path);
    expect(answer.status).toBe(200);
    expect((await answer.text()).length).toBeLessThan(40);
  }
});
